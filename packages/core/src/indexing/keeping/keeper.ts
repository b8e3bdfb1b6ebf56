import type { WriteTransaction } from '../../db/write.ts';
import { FOLDER } from '../../domain/entry.ts';
import { parentOf } from '../../domain/native-path.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { LibraryWriter } from '../library-writer.ts';
import { bottomUp } from '../subtree.ts';
import { PER_WRITE, finishLeaving, inParts, leavingNow } from './finish-leaving.ts';
import { type KeptPlace, insertKept, keptAt, letGo, lookFor } from './kept.ts';
import { keptTopDown, shelve, unshelve } from './shelve.ts';

/** A folder with so much below it leaves the index, or comes back, in one write; one with more in several. */
const AT_ONCE = 2_000;

export interface KeeperParts {
  readonly writer: LibraryWriter;
  readonly files: Pick<ReadFiles, 'facts'>;
  now(): number;
}

export interface KeptRow {
  readonly id: number;
  readonly type: number;
  readonly inode: number;
}

/**
 * Keeps the rows of entries where no index has them, and brings them back. A tree too large for one write is first cut
 * off at its top, from which moment on it shows nowhere, and then taken away part by part; on its way back the other way
 * round. What a crash leaves between is in `kept` and has its row in the index still: it is kept once somebody looks.
 */
export class Keeper {
  readonly #parts: KeeperParts;
  /** Cut off, with rows in the index still. */
  #leaving: number[];
  /** Back in the index, cut off still: the folders among them. */
  readonly #returning = new Map<number, number[]>();
  readonly #folderInodes = new Map<string, number>();

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#leaving = leavingNow(parts.writer.db);
  }

  /** `row` has left the sums of its folder, and lies at `path` now. */
  keep(tx: WriteTransaction, row: KeptRow, path: string): void {
    this.#take(tx, row, { path, inode: row.inode, folderInode: this.folderInode(path), at: this.#parts.now() });
  }

  /** As `keep`, for what is nowhere any more, and has more below it than can be removed at once. */
  drop(tx: WriteTransaction, row: KeptRow): void {
    this.#take(tx, row, { path: '', inode: 0, folderInode: 0, at: this.#parts.now() });
    letGo(tx, row.id);
  }

  #take(tx: WriteTransaction, { id, type }: KeptRow, place: KeptPlace): void {
    insertKept(tx, id, place);
    tx.tombstone('entries', id, type === FOLDER ? { subtree: true } : {});
    tx.run('UPDATE entries SET parent_id = NULL, revision = ? WHERE id = ?', tx.revision, id);
    tx.run('DELETE FROM displaced WHERE entry_id = ?', id);
    if (type === FOLDER && sizeIn(tx, 'folders', 'entry_id', id) > AT_ONCE) this.#leaving.push(id);
    else for (const part of inParts(bottomUp(tx, id))) shelve(tx, part);
  }

  /** Before the write that brings back what lies at `path`: what is too much for it comes into the index, cut off. */
  prepare(path: string): void {
    const { writer } = this.#parts;
    if (!writer.db.prepare('SELECT 1 FROM kept LIMIT 1').get()) return;
    const found = lookFor(writer.db, path)?.id;
    if (found === undefined || sizeIn(writer.db, 'kept_entries', 'id', found) <= AT_ONCE) return;
    const id = writer.write((tx) => keptAt(tx, path)) ?? found;
    const folders: number[] = [];
    for (const part of keptTopDown(writer.db, id, PER_WRITE)) {
      writer.write((tx) => unshelve(tx, part));
      for (const folder of foldersAmong(writer.db, part)) folders.push(folder);
    }
    this.#returning.set(id, folders);
  }

  /** The kept entry that lies at `path` is in the index again, at no place yet. Answers its id. */
  comeBack(tx: WriteTransaction, path: string): number | undefined {
    const id = keptAt(tx, path);
    if (id === undefined) return undefined;
    const folders = this.#returning.get(id);
    // Whoever follows what is new learns of them now that they have a place.
    if (folders)
      tx.run(
        'UPDATE entries SET revision = ? WHERE id IN (SELECT value FROM json_each(?))',
        tx.revision,
        JSON.stringify(folders),
      );
    else for (const part of keptTopDown(tx, id, PER_WRITE)) unshelve(tx, part);
    tx.run('DELETE FROM kept WHERE entry_id = ?', id);
    tx.run("DELETE FROM tombstones WHERE table_name = 'entries' AND row_id = ?", id);
    this.#returning.delete(id);
    return id;
  }

  /** The write failed: nothing of what was begun in it, or for it, holds. */
  failed(): void {
    this.#returning.clear();
    this.#leaving = leavingNow(this.#parts.writer.db);
  }

  /** What was cut off leaves the index for good. */
  finish(): void {
    this.#folderInodes.clear();
    if (this.#leaving.length === 0) return;
    finishLeaving(this.#parts.writer, this.#leaving);
    this.#leaving = [];
  }

  /** Of the folder that a path lies in; 0 where it cannot be told. */
  folderInode(path: string): number {
    const folder = parentOf(path) ?? path;
    let inode = this.#folderInodes.get(folder);
    if (inode === undefined) {
      try {
        inode = this.#parts.files.facts(folder)?.inode ?? 0;
      } catch {
        inode = 0;
      }
      this.#folderInodes.set(folder, inode);
    }
    return inode;
  }
}

/** How much lies below a folder, as far as its row says. */
function sizeIn(db: Pick<WriteTransaction, 'prepare'>, table: string, key: string, id: number): number {
  return db.prepare<{ n: number | null }>(`SELECT files + folders AS n FROM ${table} WHERE ${key} = ?`).get(id)?.n ?? 0;
}

function foldersAmong(db: Pick<WriteTransaction, 'prepare'>, ids: readonly number[]): number[] {
  return db
    .prepare<{ id: number }>('SELECT id FROM entries WHERE type = 1 AND id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(ids))
    .map(({ id }) => id);
}
