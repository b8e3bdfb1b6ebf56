/**
 * A process for tests to kill: builds the text index of the library in the folder it is given, in steps of few rows,
 * tells its parent of each, and begins again from nothing when it is done.
 */
import { nodeFiles } from '@sd/platform-node/files.ts';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { openDerived } from '../db/derived-file.ts';
import { NAMES_DATABASE } from '../db/names/database.ts';
import { namesPathOf } from '../db/names/schema.ts';
import { writeTransaction } from '../db/write.ts';
import { buildIndex } from '../search/building/builder.ts';
import { SEARCH_DEVICE, SEARCH_KEY } from './search-fixture.ts';

const path = `${process.argv[2] ?? ''}/library.db`;
const library = nodeSqlite.open({ path, key: SEARCH_KEY, mode: 'read' });
const writer = nodeSqlite.open({ path, key: SEARCH_KEY, mode: 'write' });
const { db: names } = openDerived(NAMES_DATABASE, {
  sqlite: nodeSqlite,
  files: nodeFiles,
  path: namesPathOf(path),
  key: SEARCH_KEY,
});
const next =
  library.prepare<{ next_entry_id: number }>('SELECT next_entry_id FROM write_state').get()?.next_entry_id ?? 0;
const writeLibrary = (work: Parameters<typeof writeTransaction>[3]): void =>
  void writeTransaction(writer, { deviceId: SEARCH_DEVICE, now: () => Date.now() }, undefined, work);

for (let bound = 2_000; ; bound += 2_000) {
  buildIndex(
    { names, library, writeLibrary, stopped: () => false, progress: () => void process.send?.('step') },
    Math.min(bound, next),
  );
  // Lets the message out, and the kill in.
  await new Promise((resolve) => setImmediate(resolve));
  if (bound >= next) names.exec("UPDATE meta SET state = 'building', mark = 0");
  if (bound >= next) bound = 0;
}
