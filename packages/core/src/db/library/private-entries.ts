import { FOLDER } from '../../domain/entry.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { hiddenEntries } from './hidden-entries.ts';
import { writeState } from './write-state.ts';

const known = new WeakMap<ReadConnection, { readonly revision: number; readonly entries: ReadonlySet<number> }>();

/** What is left out unless it is asked for, from memory where nothing has been written since. */
function hiddenNow(db: ReadConnection): ReadonlySet<number> {
  const { revision } = writeState(db);
  const before = known.get(db);
  if (before?.revision === revision) return before.entries;
  const entries = hiddenEntries(db);
  known.set(db, { revision, entries });
  return entries;
}

/**
 * Tells which files and folders are private: those that people said to hide, or gave a privacy tag, and all that lies in
 * such a folder. As it is when it is made: one per query.
 */
export class PrivateEntries {
  /** Those it was said of. What lies below the folders among them is private with them, and not in the set. */
  readonly tops: ReadonlySet<number>;
  readonly #db: ReadConnection;
  readonly #folders = new Map<number, boolean>();

  constructor(db: ReadConnection) {
    this.#db = db;
    this.tops = hiddenNow(db);
  }

  get isEmpty(): boolean {
    return this.tops.size === 0;
  }

  /** `folder`: the id of the one it lies in. */
  has(id: number, folder: number | null): boolean {
    if (this.isEmpty) return false;
    return this.tops.has(id) || (folder !== null && this.#folder(folder));
  }
  /** The same of an entry whose folder is not at hand. */
  hasEntry(id: number): boolean {
    return !this.isEmpty && this.#folder(id);
  }

  /** The same as `has`, for who goes through every entry: all private folders are looked up first. */
  everywhere(): (id: number, folder: number | null) => boolean {
    if (this.isEmpty) return () => false;
    const folders = this.#foldersBelow();
    return (id, folder) => this.tops.has(id) || (folder !== null && folders.has(folder));
  }

  #foldersBelow(): ReadonlySet<number> {
    const rows = this.#db
      .prepare<{ id: number }>(
        `WITH RECURSIVE below (id) AS (
           SELECT e.id FROM json_each(?) t CROSS JOIN entries e ON e.id = t.value AND e.type = ${FOLDER}
           UNION SELECT e.id FROM below CROSS JOIN entries e ON e.parent_id = below.id AND e.type = ${FOLDER})
         SELECT id FROM below`,
      )
      .all(JSON.stringify([...this.tops]));
    return new Set(rows.map(({ id }) => id));
  }

  /** Climbs until a folder is met that was asked for before. */
  #folder(id: number): boolean {
    const met: number[] = [];
    let is = false;
    for (let at: number | null = id; at !== null; at = this.#parentOf(at)) {
      const before = this.#folders.get(at);
      is = before ?? this.tops.has(at);
      if (before !== undefined) break;
      met.push(at);
      if (is) break;
    }
    for (const each of met) this.#folders.set(each, is);
    return is;
  }

  #parentOf(id: number): number | null {
    const sql = 'SELECT parent_id FROM entries WHERE id = ?';
    return this.#db.prepare<{ parent_id: number | null }>(sql).get(id)?.parent_id ?? null;
  }
}
