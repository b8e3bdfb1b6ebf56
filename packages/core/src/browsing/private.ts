import { hiddenEntries } from '../db/library/hidden-entries.ts';
import { writeState } from '../db/library/write-state.ts';
import { nameOfStored } from '../domain/entry.ts';
import type { OrderedNames } from '../domain/listing-order.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

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

/** The names of a folder without those that people said to hide, or gave a privacy tag; none of a folder that is one or lies below one. */
export function withoutPrivate(db: ReadConnection, folder: number, names: OrderedNames): OrderedNames {
  const hidden = hiddenNow(db);
  if (hidden.size === 0) return names;
  if (isBelow(db, folder, hidden))
    return { names: [], types: new Uint8Array(), ...(names.values ? { values: [] } : {}) };
  const left = namesIn(db, folder, hidden);
  if (left.size === 0) return names;
  const kept = names.names.flatMap((name, index) => (left.has(name) ? [] : [index]));
  return {
    names: kept.map((index) => names.names[index] ?? ''),
    types: Uint8Array.from(kept, (index) => names.types[index] ?? 0),
    ...(names.values ? { values: kept.map((index) => names.values?.[index] ?? 0) } : {}),
  };
}

/** Tells which files and folders people said to hide, or gave a privacy tag, or put into such a folder. One per query. */
export class PrivateEntries {
  readonly #db: ReadConnection;
  readonly #hidden: ReadonlySet<number>;
  readonly #folders = new Map<number, boolean>();

  constructor(db: ReadConnection) {
    this.#db = db;
    this.#hidden = hiddenNow(db);
  }

  get isEmpty(): boolean {
    return this.#hidden.size === 0;
  }

  /** `folder`: the id of the one it lies in. */
  has(id: number, folder: number | null): boolean {
    if (this.#hidden.size === 0) return false;
    return this.#hidden.has(id) || (folder !== null && this.#folder(folder));
  }
  /** The same of an entry whose folder is not at hand. */
  hasEntry(id: number): boolean {
    return this.#hidden.size > 0 && isBelow(this.#db, id, this.#hidden);
  }

  #folder(id: number): boolean {
    const before = this.#folders.get(id);
    if (before !== undefined) return before;
    const is = isBelow(this.#db, id, this.#hidden);
    this.#folders.set(id, is);
    return is;
  }
}

function isBelow(db: ReadConnection, folder: number, hidden: ReadonlySet<number>): boolean {
  const above = db
    .prepare<{ id: number }>(
      `WITH RECURSIVE above (id) AS (VALUES (?) UNION SELECT e.parent_id FROM above JOIN entries e ON e.id = above.id WHERE e.parent_id IS NOT NULL)
       SELECT id FROM above`,
    )
    .all(folder);
  return above.some(({ id }) => hidden.has(id));
}

function namesIn(db: ReadConnection, folder: number, hidden: ReadonlySet<number>): ReadonlySet<string> {
  const children = db
    .prepare<{ id: number; name: string | Uint8Array }>('SELECT id, name FROM entries WHERE parent_id = ?')
    .all(folder);
  return new Set(children.flatMap(({ id, name }) => (hidden.has(id) ? [nameOfStored(name)] : [])));
}
