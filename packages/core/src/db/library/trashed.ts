import { uuidFromText } from '../../domain/ids.ts';
import { nameOfStored } from '../../domain/entry.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';
import { storedName } from './root-entry.ts';

/** What is written of a thing that was put into the trash. Paths are native ones. */
export interface NewTrashed {
  /** UUID, as text. */
  readonly uuid: string;
  readonly entry: number | undefined;
  /** Where it was. */
  readonly path: string;
  readonly place: string;
  readonly note?: string | undefined;
  /** Without the inode number where the file system does not keep it, see `same-inode.ts`. */
  readonly facts: FileFacts;
  /** Inode of the folder it lies in now: tells its disk from another one in the same place. */
  readonly folderInode: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly receipt?: string | undefined;
}

/** Does nothing where it is there already: an action that goes on after a crash says it again. */
export function insertTrashed(tx: WriteTransaction, item: NewTrashed): void {
  const { facts } = item;
  tx.run(
    `INSERT INTO trashed (uuid, entry_id, path, place, note, type, size, inode, device, folder_inode, trashed_at, receipt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uuid) DO NOTHING`,
    uuidFromText(item.uuid) ?? null,
    item.entry ?? null,
    storedName(item.path),
    storedName(item.place),
    item.note === undefined ? null : storedName(item.note),
    facts.type,
    facts.size,
    facts.inode,
    facts.device,
    item.folderInode,
    item.at,
    item.receipt ?? null,
  );
}

/** Where it lies in the trash; `undefined`: it is not known to be there. */
export function placeOfTrashed(db: ReadConnection, uuid: string): string | undefined {
  const row = db
    .prepare<{ place: string | Uint8Array }>('SELECT place FROM trashed WHERE uuid = ?')
    .get(uuidFromText(uuid) ?? null);
  return row && nameOfStored(row.place);
}

/** It is in the trash no more. */
export function deleteTrashed(tx: WriteTransaction, uuid: string): void {
  tx.run('DELETE FROM trashed WHERE uuid = ?', uuidFromText(uuid) ?? null);
}
/** The same for what lay at a place, which was taken away for good. */
export function deleteTrashedAt(tx: WriteTransaction, place: string): void {
  tx.run('DELETE FROM trashed WHERE place = ?', storedName(place));
}
