import { PrivateEntries } from '../db/library/private-entries.ts';
import { nameOfStored } from '../domain/entry.ts';
import type { OrderedNames } from '../domain/listing-order.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** The names of a folder without those that people said to hide, or gave a privacy tag; none of a folder that is one or lies below one. */
export function withoutPrivate(db: ReadConnection, folder: number, names: OrderedNames): OrderedNames {
  const hidden = new PrivateEntries(db);
  if (hidden.isEmpty) return names;
  if (hidden.hasEntry(folder)) return { names: [], types: new Uint8Array(), ...(names.values ? { values: [] } : {}) };
  const left = namesIn(db, folder, hidden.tops);
  if (left.size === 0) return names;
  const kept = names.names.flatMap((name, index) => (left.has(name) ? [] : [index]));
  return {
    names: kept.map((index) => names.names[index] ?? ''),
    types: Uint8Array.from(kept, (index) => names.types[index] ?? 0),
    ...(names.values ? { values: kept.map((index) => names.values?.[index] ?? 0) } : {}),
  };
}

function namesIn(db: ReadConnection, folder: number, hidden: ReadonlySet<number>): ReadonlySet<string> {
  const children = db
    .prepare<{ id: number; name: string | Uint8Array }>('SELECT id, name FROM entries WHERE parent_id = ?')
    .all(folder);
  return new Set(children.flatMap(({ id, name }) => (hidden.has(id) ? [nameOfStored(name)] : [])));
}
