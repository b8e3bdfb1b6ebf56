/** A process with a job in it, for `jobs-crash.test.ts` to kill: does one item a step, notes it in a file, says so. */
import { appendFileSync } from 'node:fs';
import { LIBRARY_ID, countingKind, jobBench } from '../src/testing/job-fixture.ts';

const [folder = '', items = '0'] = process.argv.slice(2);
const { jobs } = jobBench(folder).open([
  countingKind(async (item) => {
    appendFileSync(`${folder}/done.txt`, `${item}\n`);
    process.stdout.write(`${item}\n`);
    await new Promise(setImmediate);
  }),
]);
const { id } =
  jobs.list()[0] ??
  (await jobs.enqueue({
    library: LIBRARY_ID,
    kind: 'test.count',
    subject: 'crash',
    input: { name: 'crash', items: Number(items) },
  }));
process.on('SIGTERM', () => void jobs.close().then(() => process.exit(0)));
const job = await jobs.ended(id).catch(() => undefined);
if (job) {
  process.stdout.write(`ended ${JSON.stringify(job)}\n`);
  await jobs.close();
}
