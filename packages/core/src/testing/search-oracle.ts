import { FOLDER, isHidden, nameOfStored } from '../domain/entry.ts';
import { fold } from '../domain/fold.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { EntryFilter } from '../search/finding/filter.ts';
import { type Order, comparePlaces, placed } from '../search/finding/order.ts';
import { tierOf } from '../search/finding/search-text.ts';
import type { SearchRequest } from '../search/search.ts';

interface Row {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  readonly mtime: number;
}

/** What a search must find, by looking at every entry: ids in their order. */
export function expectedIds(
  db: ReadConnection,
  { text, filter, order }: Pick<SearchRequest, 'text' | 'filter' | 'order'>,
): number[] {
  const rows = new Map(
    db
      .prepare<Row>('SELECT id, parent_id, name, type, kind, size, mtime FROM entries')
      .all()
      .map((row) => [row.id, row]),
  );
  const roots = new Set(
    db
      .prepare<{ id: number }>('SELECT root_entry_id AS id FROM locations')
      .all()
      .map(({ id }) => id),
  );
  const found = [...rows.values()].filter((row) => {
    const above = [...foldersAbove(row, rows)];
    const root = above.at(-1) ?? row;
    const folded = fold(nameOfStored(row.name));
    return (
      roots.has(root.id) && text.words.every((word) => folded.includes(word)) && passes(row, folded, above, filter)
    );
  });
  return found
    .map((row) => placeOf(row, order, text))
    .sort((a, b) => comparePlaces(a, b, order))
    .map(({ id }) => id);
}

function passes(row: Row, folded: string, above: readonly Row[], filter: EntryFilter): boolean {
  if (filter.kinds && !(filter.kinds as readonly number[]).includes(row.kind)) return false;
  if (filter.types && !filter.types.includes(row.type)) return false;
  if (
    filter.extensions &&
    (row.type === FOLDER ||
      !filter.extensions.some((extension) => folded.endsWith(`.${extension}`) && folded.length > extension.length + 1))
  )
    return false;
  if (row.size < (filter.minSize ?? 0) || row.size > (filter.maxSize ?? Infinity)) return false;
  if (row.mtime < (filter.modifiedFrom ?? -Infinity) || row.mtime >= (filter.modifiedBefore ?? Infinity)) return false;
  if (filter.below !== undefined && !above.some(({ id }) => id === filter.below)) return false;
  // A location's root is there because somebody chose it.
  return (
    filter.hidden || ![row, ...above].some(({ name, parent_id }) => parent_id !== null && isHidden(nameOfStored(name)))
  );
}

function* foldersAbove(row: Row, rows: ReadonlyMap<number, Row>): Generator<Row> {
  for (
    let at = row.parent_id === null ? undefined : rows.get(row.parent_id);
    at;
    at = at.parent_id === null ? undefined : rows.get(at.parent_id)
  )
    yield at;
}

function placeOf(row: Row, order: Order, text: SearchRequest['text']) {
  const name = nameOfStored(row.name);
  return placed(
    {
      id: row.id,
      parent: row.parent_id,
      name,
      type: row.type,
      kind: row.kind,
      size: row.size,
      mtime: row.mtime,
      content: null,
      tier: tierOf(fold(name), text),
    },
    order,
  );
}
