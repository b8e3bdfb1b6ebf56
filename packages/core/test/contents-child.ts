/** A process that reads documents, for `contents-crash.test.ts` to kill: says each step of putting a text into the index. */
import { jobEnd, openTestCore } from '../src/testing/open-test-core.ts';
import { ContentsIndex } from '../src/text-search/contents-index.ts';

const [dataFolder = '', folder = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const put = ContentsIndex.prototype.put;
ContentsIndex.prototype.put = async function (...texts) {
  say('putting');
  await put.apply(this, texts);
  say('put');
};

const core = await openTestCore({ after: () => {} }, { dataFolder });
const { locations } = await core.client.call('query:locations.list', {});
if (locations.length === 0) await core.index(folder, { mode: 'deep' });
const { jobs } = await core.client.call('query:jobs.list', { kind: 'sidecars.make' });
for (const { id } of jobs) await jobEnd(core.core, core.client, id);
say('ended');
await core.close();
