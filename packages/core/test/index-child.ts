/**
 * A process for tests to kill: a core on the data folder it is given that scans the first location of its library over
 * and over, while it edits the location's files. Says `ready` once it scans.
 */
import { renameSync, rmSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { jobEnd, openTestCore } from '../src/testing/open-test-core.ts';

const [dataFolder = '', tree = '', seed = '0'] = process.argv.slice(2);
const { core, client } = await openTestCore({ after() {} }, { dataFolder });
const { locations } = await client.call('query:locations.list', {});
const location = locations[0]?.id ?? (await client.call('action:locations.add', { path: tree })).result.location.id;
process.stdout.write('ready\n');

let random = Number(seed);
const below = (end: number): number => (random = (random * 48_271 + 11) % 2_147_483_647) % end;
/** Folders are moved as wholes, files come, change, move and go. */
function edit(): void {
  const folder = `${tree}/${below(40)}`;
  const other = `${tree}/${below(40)}`;
  if (!existsSync(folder)) mkdirSync(folder);
  else if (below(6) === 0 && !existsSync(other)) return renameSync(folder, other);
  else if (below(30) === 0) return rmSync(folder, { recursive: true });
  for (let file = 0; file < below(60); file++) writeFileSync(`${folder}/${below(300)}.txt`, `${below(1000)}`);
  if (existsSync(other) && existsSync(`${folder}/7.txt`))
    renameSync(`${folder}/7.txt`, `${other}/moved ${below(50)}.txt`);
}
for (;;) {
  for (let edits = below(30); edits > 0; edits--) edit();
  const { result } = await client.call('action:locations.rescan', { location, full: below(4) === 0 });
  await jobEnd(core, client, result.job.id);
}
