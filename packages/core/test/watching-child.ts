/**
 * A process for tests to kill: a core on the data folder it is given that watches the locations of its library, while it
 * edits files in them. Says `ready` once they are watched.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { openTestCore } from '../src/testing/open-test-core.ts';

const [dataFolder = '', tree = '', seed = '0'] = process.argv.slice(2);
const { core, client, index } = await openTestCore({ after() {} }, { dataFolder });
setInterval(() => {}, 60_000);
const { locations } = await client.call('query:locations.list', {});
if (locations.length === 0) {
  for (const place of ['a', 'b']) {
    mkdirSync(`${tree}/${place}`);
    await index(`${tree}/${place}`);
  }
}
const library = core.status().libraries[0]?.id ?? '';
await core.watched(library);
process.stdout.write('ready\n');

let random = Number(seed);
const below = (end: number): number => (random = (random * 48_271 + 11) % 2_147_483_647) % end;
const place = (): string => `${tree}/${below(2) === 0 ? 'a' : 'b'}/${below(20)}`;
/** Folders are moved as wholes, also between the locations; files come, change, move and go. */
function edit(): void {
  const [folder, other] = [place(), place()];
  if (!existsSync(folder)) mkdirSync(folder);
  else if (below(6) === 0 && !existsSync(other)) return renameSync(folder, other);
  else if (below(30) === 0) return rmSync(folder, { recursive: true });
  for (let file = 0; file < below(40); file++) writeFileSync(`${folder}/${below(100)}.txt`, `${below(1000)}`);
  if (existsSync(other) && existsSync(`${folder}/7.txt`))
    renameSync(`${folder}/7.txt`, `${other}/moved ${below(50)}.txt`);
}
for (;;) {
  for (let edits = below(8); edits > 0; edits--) edit();
  // Lets the watcher see some of it now and the rest later.
  await new Promise((resolve) => setTimeout(resolve, below(80)));
}
