import { moveEntry } from '@sd/core/indexing/write-rows.ts';
import { writeTransaction } from '@sd/core/db/write.ts';
import { libraryAccess } from './library-access.ts';
import { type Row, atMost, median } from './row.ts';

/** Moving a folder with about a hundred thousand entries below it, as a write of the library. The daemon is stopped. */
export async function benchMove(dataFolder: string): Promise<Row> {
  const { platform, databasePath, key, deviceId } = await libraryAccess(dataFolder);
  const db = platform.sqlite.open({ path: databasePath, key, mode: 'write' });
  const environment = { deviceId, now: () => Date.now() };
  const folder = db
    .prepare<{ id: number; parent: number; name: string; below: number }>(
      `SELECT e.id, e.parent_id AS parent, e.name, f.files + f.folders AS below FROM folders f JOIN entries e ON e.id = f.entry_id
     WHERE e.parent_id IS NOT NULL ORDER BY abs(f.files + f.folders - 100000) LIMIT 1`,
    )
    .get();
  const root = db.prepare<{ id: number }>('SELECT id FROM entries WHERE parent_id IS NULL LIMIT 1').get();
  if (!folder || !root) throw new Error('no folder to move');
  const times: number[] = [];
  for (let round = 0; round < 20; round++) {
    const [parent, name] = round % 2 === 0 ? [root.id, `${folder.name} moved`] : [folder.parent, folder.name];
    const started = performance.now();
    writeTransaction(db, environment, undefined, (tx) => moveEntry(tx, folder.id, parent, name));
    times.push(performance.now() - started);
  }
  db.close();
  return atMost(
    `move of a folder of ${folder.below} in the index`,
    median(times),
    5,
    ' ms',
    `worst ${Math.max(...times).toFixed(2)}`,
  );
}
