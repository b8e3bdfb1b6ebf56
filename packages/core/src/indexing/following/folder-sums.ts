import type { ReadConnection } from '../../ports/sqlite.ts';

/** What lies in a folder all the way down. */
export interface Sums {
  readonly bytes: number;
  readonly files: number;
  readonly folders: number;
}

export function addSums(one: Sums, other: Sums): Sums {
  return { bytes: one.bytes + other.bytes, files: one.files + other.files, folders: one.folders + other.folders };
}
export function negative({ bytes, files, folders }: Sums): Sums {
  return { bytes: -bytes, files: -files, folders: -folders };
}

/**
 * The sums of a folder, where they may simply be added elsewhere: they are as they should be, and no file in the library
 * has several names, which might count once here and once there.
 */
export function movableSums(db: ReadConnection, folder: number): Sums | undefined {
  if (db.prepare('SELECT 1 FROM entries WHERE links = 1 AND type = 0 LIMIT 1').get()) return undefined;
  return db.prepare<Sums>('SELECT bytes, files, folders FROM folders WHERE entry_id = ? AND stale = 0').get(folder);
}
