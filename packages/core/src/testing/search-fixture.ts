import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '@sd/platform-node/files.ts';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { insertRootEntry, storedName } from '../db/library/root-entry.ts';
import { insertLocation } from '../db/library/locations.ts';
import { AttachedNames } from '../db/names/attached.ts';
import { type NamesMeta, readMeta } from '../db/names/meta.ts';
import { openDerived } from '../db/derived-file.ts';
import { NAMES_DATABASE } from '../db/names/database.ts';
import { namesPathOf } from '../db/names/schema.ts';
import { libraryFormat } from '../db/library-format.ts';
import { type AuditNote, type WriteTransaction, writeTransaction } from '../db/write.ts';
import { FOLDER } from '../domain/entry.ts';
import { KIND_CODES, kindByName } from '../domain/kinds.ts';
import type { Connection } from '../ports/sqlite.ts';
import { buildIndex } from '../search/building/builder.ts';
import type { SearchWorld } from '../search/finding/world.ts';

export const SEARCH_KEY = new Uint8Array(32).fill(9);
export const SEARCH_DEVICE = new Uint8Array(16).fill(1);

export interface NewEntry {
  readonly parent: number;
  readonly name: string;
  readonly type?: number;
  readonly kind?: number;
  readonly size?: number;
  readonly mtime?: number;
  /** Id of its content, see `addContent`. */
  readonly content?: number;
}

/** A library's database with entries of the test's making, and its text index built when the test says so. */
export class SearchLibrary {
  readonly folder: string;
  readonly path: string;
  readonly #writer: Connection;
  readonly #reader: Connection;
  #names: AttachedNames;

  constructor(folder = mkdtempSync(join(tmpdir(), 'sd-search-'))) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.path = `${folder}/library.db`;
    libraryFormat.create(nodeSqlite, { path: this.path, key: SEARCH_KEY }, () => {});
    this.#writer = nodeSqlite.open({ path: this.path, key: SEARCH_KEY, mode: 'write' });
    this.#reader = nodeSqlite.open({ path: this.path, key: SEARCH_KEY, mode: 'read' });
    this.#names = new AttachedNames(this.#reader, nodeFiles, this.namesPath, SEARCH_KEY);
  }

  get namesPath(): string {
    return namesPathOf(this.path);
  }
  /** What a reader thread searches. */
  get world(): SearchWorld {
    return { db: this.#reader, names: this.#names, check: () => {} };
  }
  get nextId(): number {
    return (
      this.#reader.prepare<{ next_entry_id: number }>('SELECT next_entry_id FROM write_state').get()?.next_entry_id ?? 0
    );
  }
  /** What the index says of itself. */
  meta(): NamesMeta | undefined {
    return this.#names.current();
  }

  write<T>(work: (tx: WriteTransaction) => T): T {
    return this.writeAs(undefined, work);
  }
  /** As an action does, whose rows join the history. */
  writeAs<T>(note: AuditNote | undefined, work: (tx: WriteTransaction) => T): T {
    return writeTransaction(this.#writer, { deviceId: SEARCH_DEVICE, now: () => Date.now() }, note, work);
  }

  addLocation(path: string): number {
    const uuid = crypto.getRandomValues(new Uint8Array(16));
    const id = this.nextId;
    const name = path.slice(path.lastIndexOf('/') + 1);
    this.write((tx) => {
      insertRootEntry(tx, {
        id,
        uuid,
        name,
        facts: { type: FOLDER, size: 0, mtime: 0, inode: id, device: 1, links: 1 },
      });
      insertLocation(tx, {
        uuid,
        device_id: SEARCH_DEVICE,
        root_entry_id: id,
        path,
        name,
        mode: 'shallow',
        rules: '{}',
        created_at: 0,
      });
    });
    return id;
  }

  /** In one transaction; answers their ids. */
  add(...entries: readonly NewEntry[]): number[] {
    const first = this.nextId;
    this.write((tx) => {
      entries.forEach((entry, at) => insertEntry(tx, first + at, entry));
      tx.run('UPDATE write_state SET next_entry_id = ?', first + entries.length);
      tx.run(SUMS);
    });
    return entries.map((_, at) => first + at);
  }

  rename(id: number, name: string): void {
    this.write((tx) => {
      tx.run('UPDATE entries SET name = ?, revision = ? WHERE id = ?', storedName(name), tx.revision, id);
      tx.run('INSERT OR IGNORE INTO renamed_entries (id) VALUES (?)', id);
    });
  }

  /** The entry and what is below it. */
  remove(id: number): void {
    this.write((tx) => {
      const below =
        'WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT e.id FROM below JOIN entries e ON e.parent_id = below.id) SELECT id FROM below';
      const ids = JSON.stringify(
        tx
          .prepare<{ id: number }>(below)
          .all(id)
          .map((row) => row.id),
      );
      for (const [table, column] of [
        ['entries', 'id'],
        ['folders', 'entry_id'],
      ])
        tx.run(`DELETE FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`, ids);
    });
  }

  /** As if a backup of that revision had been restored. */
  setRevision(revision: number): void {
    this.#writer.prepare('UPDATE write_state SET revision = ?').run(revision);
  }

  /** Builds the index up to `bound`, all there is by default. Answers false where `stopped` ended it. */
  build(bound = this.nextId, stopped: () => boolean = () => false): boolean {
    return this.#build(bound, stopped, (write) => write());
  }

  /** The same, with something to happen around each write to the library. */
  buildWriting(around: (write: () => void) => void): void {
    this.#build(this.nextId, () => false, around);
  }

  #build(bound: number, stopped: () => boolean, around: (write: () => void) => void): boolean {
    const { db: names } = openDerived(NAMES_DATABASE, {
      sqlite: nodeSqlite,
      files: nodeFiles,
      path: this.namesPath,
      key: SEARCH_KEY,
    });
    try {
      return buildIndex(
        {
          names,
          library: this.#reader,
          writeLibrary: (work) => around(() => void this.write(work)),
          stopped,
          progress: () => {},
        },
        bound,
      );
    } finally {
      names.close();
    }
  }

  /** Reads the index as its builder does. */
  inspect<T>(look: (names: Connection) => T): T {
    const names = nodeSqlite.open({ path: this.namesPath, key: SEARCH_KEY, mode: 'write' });
    try {
      readMeta(names, 'main');
      return look(names);
    } finally {
      names.close();
    }
  }

  /** Lets go of the files; `remove` takes the folder away too. */
  close(options: { remove?: boolean } = { remove: true }): void {
    this.#reader.close();
    this.#writer.close();
    if (options.remove) rmSync(this.folder, { recursive: true, force: true });
  }
}

function insertEntry(
  tx: WriteTransaction,
  id: number,
  { parent, name, type = 0, size = 0, mtime = 0, ...rest }: NewEntry,
): void {
  const kind = rest.kind ?? (type === FOLDER ? KIND_CODES.folder : kindByName(type, name));
  tx.run(
    'INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision, content_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)',
    id,
    parent,
    storedName(name),
    type,
    kind,
    size,
    mtime,
    id,
    tx.revision,
    rest.content ?? null,
  );
  if (type === FOLDER) tx.run('INSERT INTO folders (entry_id) VALUES (?)', id);
}

/** Enough of the sums for what reads them here: how many entries lie below each folder. */
const SUMS = `
WITH RECURSIVE up (entry, folder) AS (
  SELECT id, parent_id FROM entries WHERE parent_id IS NOT NULL
  UNION ALL SELECT up.entry, e.parent_id FROM up JOIN entries e ON e.id = up.folder WHERE e.parent_id IS NOT NULL
)
UPDATE folders SET files = coalesce((SELECT count(*) FROM up WHERE up.folder = folders.entry_id), 0)`;
