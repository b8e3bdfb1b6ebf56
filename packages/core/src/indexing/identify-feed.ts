import { nameOfStored } from '../domain/entry.ts';
import { joinNative } from '../domain/native-path.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { type FileBatch, IDENTIFIED } from './identify-protocol.ts';

/** A batch keeps a hasher busy for some tens of milliseconds. */
const FILES_PER_BATCH = 500;
const BYTES_PER_BATCH = 64 * 2 ** 20;
/** Rows read at once: a folder of a million files must not fill the memory. */
const PAGE = 2_000;

interface FileRow {
  readonly id: number;
  readonly name: string | Uint8Array;
  readonly size: number;
  readonly mtime: number;
}

/** Picks the files of a location whose content is not known, folder by folder, in batches. */
export class IdentifyFeed {
  readonly #db: ReadConnection;
  readonly #root: { readonly id: number; readonly path: string };
  readonly #only: readonly number[] | undefined;
  readonly #batches: Generator<FileBatch>;
  /** Per folder, how many of its batches are not back; it is done when all are. */
  readonly #open = new Map<number, number>();
  readonly #sent = new Map<number, { readonly folders: readonly number[]; readonly folderOf: Uint32Array }>();
  /** Folders with a file that could not be identified: they are not done, and the next scan tries again. */
  readonly #unfinished = new Set<number>();
  readonly #inside = new Map<number, boolean>();
  #total: { files: number; bytes: number } | undefined;
  #lastNumber = 0;

  /** `only`: of these folders, instead of all that are marked. */
  constructor(db: ReadConnection, root: { id: number; path: string }, only?: readonly number[]) {
    this.#db = db;
    this.#root = root;
    this.#only = only;
    this.#batches = this.#collect();
  }

  /** How much there is to do, counted once at the beginning. */
  total(): { files: number; bytes: number } {
    return (this.#total ??= this.#count());
  }

  next(): FileBatch | undefined {
    const next = this.#batches.next();
    return next.done ? undefined : next.value;
  }

  /** The folders all of whose files have come back identified, the last of them with this batch. */
  done(number: number, outcomes: Uint8Array): number[] {
    const { folders = [], folderOf = [] } = this.#sent.get(number) ?? {};
    this.#sent.delete(number);
    for (const [file, outcome] of outcomes.entries())
      if (outcome !== IDENTIFIED) this.#unfinished.add(folders[folderOf[file] ?? 0] ?? 0);
    return folders.filter((folder) => {
      const left = (this.#open.get(folder) ?? 0) - 1;
      this.#open.set(folder, left);
      return left === 0 && this.#open.delete(folder) && !this.#unfinished.delete(folder);
    });
  }

  #count(): { files: number; bytes: number } {
    const total = { files: 0, bytes: 0 };
    for (const id of this.#only ?? this.#marked()) {
      if (!this.#isInside(id)) continue;
      const here = this.#db.prepare<{ files: number; bytes: number }>(COUNT).get(id);
      total.files += here?.files ?? 0;
      total.bytes += here?.bytes ?? 0;
    }
    return total;
  }

  /** Whether the folder is in this location. Climbing each time would cost a step per level. */
  #isInside(folder: number): boolean {
    if (folder === this.#root.id) return true;
    let inside = this.#inside.get(folder);
    if (inside === undefined) {
      const parent = this.#db
        .prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE id = ?')
        .get(folder)?.parent_id;
      inside = parent !== null && parent !== undefined && this.#isInside(parent);
      if (this.#inside.size > MOST_REMEMBERED) this.#inside.clear();
      this.#inside.set(folder, inside);
    }
    return inside;
  }

  /** Asked one by one: what was given out may be stored meanwhile. */
  *#marked(): Generator<number> {
    const next = this.#db.prepare<{ id: number }>(
      'SELECT entry_id AS id FROM folders WHERE unidentified = 1 AND entry_id > ? ORDER BY entry_id LIMIT 1',
    );
    for (let row = next.get(0); row; row = next.get(row.id)) yield row.id;
  }

  *#collect(): Generator<FileBatch> {
    let batch = new BatchBuilder();
    for (const folder of this.#only ?? this.#marked()) {
      const path = this.#pathOf(folder);
      if (path === undefined) continue;
      // While its files are given out the folder counts as one batch more, so that it is not done too early.
      this.#open.set(folder, 1);
      batch.enter(folder, path);
      for (const file of this.#files(folder)) {
        if (batch.full) {
          yield this.#send(batch);
          batch = new BatchBuilder();
          batch.enter(folder, path);
        }
        batch.add(file);
      }
      batch.last(folder);
      if (batch.full) {
        yield this.#send(batch);
        batch = new BatchBuilder();
      }
    }
    if (!batch.empty) yield this.#send(batch);
  }

  *#files(folder: number): Generator<FileRow> {
    for (let after = -1; ;) {
      const page = this.#db.prepare<FileRow>(FILES).all(folder, after);
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.id;
    }
  }

  #send(batch: BatchBuilder): FileBatch {
    const number = ++this.#lastNumber;
    const folders = batch.folderIds;
    for (const folder of folders) {
      const giving = batch.finished.has(folder) ? 0 : 1;
      this.#open.set(folder, (this.#open.get(folder) ?? 0) + giving);
    }
    const built = batch.build(number);
    this.#sent.set(number, { folders, folderOf: built.folderOf });
    return built;
  }

  /** `undefined` where the folder is not in this location. */
  #pathOf(folder: number): string | undefined {
    const names: string[] = [];
    for (let at = folder; at !== this.#root.id;) {
      const row = this.#db
        .prepare<{ parent_id: number | null; name: string | Uint8Array }>(
          'SELECT parent_id, name FROM entries WHERE id = ?',
        )
        .get(at);
      if (!row || row.parent_id === null) return undefined;
      names.push(nameOfStored(row.name));
      at = row.parent_id;
    }
    return names.reduceRight((path, name) => joinNative(path, name), this.#root.path);
  }
}

const MOST_REMEMBERED = 200_000;
const UNIDENTIFIED = 'FROM entries WHERE parent_id = ? AND type = 0 AND content_id IS NULL';
const COUNT = `SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes ${UNIDENTIFIED}`;
const FILES = `SELECT id, name, size, mtime ${UNIDENTIFIED} AND id > ? ORDER BY id LIMIT ${PAGE}`;

class BatchBuilder {
  readonly folderIds: number[] = [];
  readonly finished = new Set<number>();
  readonly #paths: string[] = [];
  readonly #files: FileRow[] = [];
  readonly #folderOf: number[] = [];
  #bytes = 0;

  get empty(): boolean {
    return this.folderIds.length === 0;
  }
  get full(): boolean {
    return this.#files.length >= FILES_PER_BATCH || this.#bytes >= BYTES_PER_BATCH;
  }
  enter(folder: number, path: string): void {
    this.folderIds.push(folder);
    this.#paths.push(path);
  }
  add(file: FileRow): void {
    this.#files.push(file);
    this.#folderOf.push(this.#paths.length - 1);
    this.#bytes += file.size;
  }
  last(folder: number): void {
    this.finished.add(folder);
  }
  build(number: number): FileBatch {
    return {
      number,
      folders: this.#paths.join('\0'),
      names: this.#files.map((file) => nameOfStored(file.name)).join('/'),
      folderOf: Uint32Array.from(this.#folderOf),
      ids: Float64Array.from(this.#files, (file) => file.id),
      sizes: Float64Array.from(this.#files, (file) => file.size),
      mtimes: Float64Array.from(this.#files, (file) => file.mtime),
    };
  }
}
