import { updateRootEntry } from '../../db/library/root-entry.ts';
import type { WriteTransaction } from '../../db/write.ts';
import { FILE, FOLDER } from '../../domain/entry.ts';
import type { FileFacts } from '../../ports/files.ts';
import { FolderSignature } from '../signature.ts';
import { type FollowedRow, type RowFacts, readRow } from './followed-row.ts';
import { type Sums, addSums, negative } from './folder-sums.ts';

/** A child as it counts in its folder. */
export interface Child extends RowFacts {
  readonly name: string;
  readonly type: number;
  /** Of a folder: what is below it; `undefined` where that is not known, or is not simply added. */
  readonly below?: Sums | undefined;
}

interface Tally {
  bytes: number;
  files: number;
  folders: number;
  children: number;
  /** All the way down. */
  below: Sums;
  /** `null`: the folder is to be looked at. */
  signature: FolderSignature | null;
  /** Names came or went, which its own time shows. */
  touched: boolean;
  stale: boolean;
  unidentified: boolean;
}

/**
 * What a batch changes in folders, by their ids: the sums and signatures, which change by what a child brings or takes,
 * so that no folder has to be read for it.
 */
export class FolderTally {
  readonly #tx: WriteTransaction;
  readonly #tallies = new Map<number, Tally>();

  constructor(tx: WriteTransaction) {
    this.#tx = tx;
  }

  add(folder: number, child: Child): void {
    this.#count(folder, child, 1);
  }
  remove(folder: number, child: Child): void {
    this.#count(folder, child, -1);
  }

  /** A child has other facts, under the same name. */
  change(folder: number, before: Child, after: Child): void {
    const tally = this.#of(folder);
    sign(tally, before, -1);
    sign(tally, after, 1);
    if (before.type !== FILE) return;
    if (before.links === 1 || after.links === 1) tally.stale = true;
    tally.bytes += after.size - before.size;
    tally.below = addSums(tally.below, { bytes: after.size - before.size, files: 0, folders: 0 });
  }

  /** It has a file whose content is to be found out. */
  unidentified(folder: number): void {
    this.#of(folder).unidentified = true;
  }

  /** Names came or went in it, of which the index may have none. */
  touched(folder: number): void {
    this.#of(folder).touched = true;
  }

  /** Writes all of it. `look` asks the disk for the facts of a folder now. */
  flush(look: (folder: number) => FileFacts | undefined): void {
    for (const [folder, tally] of [...this.#tallies]) if (tally.touched) this.#noteTime(folder, look);
    const above = new Map<number, Sums>();
    for (const [folder, tally] of this.#tallies) {
      this.#write(folder, tally);
      if (isNothing(tally.below)) continue;
      for (let at: number | null = folder; at !== null; at = this.#parentOf(at))
        above.set(at, addSums(above.get(at) ?? NOTHING, tally.below));
    }
    for (const [folder, { bytes, files, folders }] of above)
      if (bytes !== 0 || files !== 0 || folders !== 0)
        this.#tx.run(
          'UPDATE folders SET bytes = bytes + ?, files = files + ?, folders = folders + ? WHERE entry_id = ?',
          bytes,
          files,
          folders,
          folder,
        );
    this.#tallies.clear();
  }

  #count(folder: number, child: Child, by: 1 | -1): void {
    const tally = this.#of(folder);
    tally.touched = true;
    tally.children += by;
    sign(tally, child, by);
    if (child.type === FOLDER) {
      tally.folders += by;
      if (!child.below) tally.stale = true;
      else tally.below = addSums(tally.below, by > 0 ? child.below : negative(child.below));
      tally.below = addSums(tally.below, { bytes: 0, files: 0, folders: by });
    } else if (child.type === FILE) {
      // Bytes of hard links count once, wherever their names meet.
      if (child.links === 1) tally.stale = true;
      tally.files += by;
      tally.bytes += by * child.size;
      tally.below = addSums(tally.below, { bytes: by * child.size, files: by, folders: 0 });
    }
  }

  /** The time of a folder goes with the names in it, and stands in the signature of the one above. */
  #noteTime(folder: number, look: (folder: number) => FileFacts | undefined): void {
    const row = readRow(this.#tx, folder);
    const facts = row && look(folder);
    if (!row || facts?.type !== FOLDER) return;
    if (row.parent_id === null) return updateRootEntry(this.#tx, folder, facts);
    if (facts.inode !== row.inode || facts.mtime === row.mtime || row.links !== 0) return;
    this.#tx.run('UPDATE entries SET mtime = ?, revision = ? WHERE id = ?', facts.mtime, this.#tx.revision, folder);
    this.change(row.parent_id, row, { ...row, mtime: facts.mtime });
  }

  #write(folder: number, tally: Tally): void {
    this.#tx.run(
      `UPDATE folders SET own_bytes = own_bytes + ?, own_files = own_files + ?, own_folders = own_folders + ?,
         children = children + ?, signature = ?, stale = max(stale, ?), unidentified = max(unidentified, ?)
       WHERE entry_id = ?`,
      tally.bytes,
      tally.files,
      tally.folders,
      tally.children,
      tally.signature?.value ?? null,
      tally.stale ? 1 : 0,
      tally.unidentified ? 1 : 0,
      folder,
    );
  }

  #of(folder: number): Tally {
    let tally = this.#tallies.get(folder);
    if (!tally) {
      tally = {
        bytes: 0,
        files: 0,
        folders: 0,
        children: 0,
        below: NOTHING,
        signature: this.#signatureOf(folder),
        touched: false,
        stale: false,
        unidentified: false,
      };
      this.#tallies.set(folder, tally);
    }
    return tally;
  }

  #signatureOf(folder: number): FolderSignature | null {
    const known = this.#tx
      .prepare<{ signature: number | null }>('SELECT signature FROM folders WHERE entry_id = ?')
      .get(folder)?.signature;
    if (known === null || known === undefined) return null;
    const signature = new FolderSignature();
    signature.resume(known);
    return signature;
  }

  #parentOf(id: number): number | null {
    return (
      this.#tx.prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE id = ?').get(id)?.parent_id ??
      null
    );
  }
}

const NOTHING: Sums = { bytes: 0, files: 0, folders: 0 };
function isNothing({ bytes, files, folders }: Sums): boolean {
  return bytes === 0 && files === 0 && folders === 0;
}

/** How many names a file has exactly is in no row where they are several: then its folder is to be looked at. */
function sign(tally: Tally, child: Child, by: 1 | -1): void {
  if (!tally.signature) return;
  if (child.links === 1) return void (tally.signature = null);
  const { name, type, size, mtime, inode } = child;
  const links = type === FOLDER ? 0 : 1;
  if (by > 0) tally.signature.add(name, type, size, mtime, inode, links);
  else tally.signature.remove(name, type, size, mtime, inode, links);
}

export function childOf(row: FollowedRow, below?: Sums): Child {
  return { ...row, below };
}
