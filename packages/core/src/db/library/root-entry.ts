import { FOLDER } from '../../domain/entry.ts';
import { KIND_CODES } from '../../domain/kinds.ts';
import { encodeNative } from '../../domain/native-path.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { WriteTransaction } from '../write.ts';

/** TEXT where the name is valid UTF-8, else its exact bytes. */
export function storedName(name: string): string | Uint8Array {
  return name.isWellFormed() ? name : encodeNative(name);
}

/** The entry at the top has nobody above that would look at it. */
export function updateRootEntry(tx: WriteTransaction, id: number, { mtime, inode }: FileFacts): void {
  tx.run(
    'UPDATE entries SET mtime = ?, inode = ?, revision = ? WHERE id = ? AND (mtime <> ? OR inode <> ?)',
    mtime,
    inode,
    tx.revision,
    id,
    mtime,
    inode,
  );
}

/** The folder at the top of a location is found under another name: its disk is mounted elsewhere. */
export function renameRootEntry(tx: WriteTransaction, id: number, name: string): void {
  const stored = storedName(name);
  const { changes } = tx.run(
    'UPDATE entries SET name = ?, revision = ? WHERE id = ? AND name <> ?',
    stored,
    tx.revision,
    id,
    stored,
  );
  if (changes > 0) tx.run('INSERT OR IGNORE INTO renamed_entries (id) VALUES (?)', id);
}

/** The entry at the top of a location: it has no parent. */
export function insertRootEntry(
  tx: WriteTransaction,
  entry: { id: number; uuid: Uint8Array; name: string; facts: FileFacts },
): void {
  tx.run(
    'INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision, uuid) VALUES (?, NULL, ?, ?, ?, 0, ?, ?, 0, ?, ?)',
    entry.id,
    storedName(entry.name),
    FOLDER,
    KIND_CODES.folder,
    entry.facts.mtime,
    entry.facts.inode,
    tx.revision,
    entry.uuid,
  );
  tx.run('INSERT INTO folders (entry_id, bytes, files, folders, children) VALUES (?, 0, 0, 0, 0)', entry.id);
  tx.run('UPDATE write_state SET next_entry_id = max(next_entry_id, ?)', entry.id + 1);
}
