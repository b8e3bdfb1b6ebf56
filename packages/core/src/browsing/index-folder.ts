import { bytesOfChildFolders } from '../db/library/entries.ts';
import { type EntryFacts, FOLDER, nameOfStored } from '../domain/entry.ts';
import { kindOfCode } from '../domain/kinds.ts';
import type { ListingOrder, OrderedNames } from '../domain/listing-order.ts';
import type { FolderSource } from './folder-source.ts';
import { type FolderIndex, indexedChildren } from './index-rows.ts';
import { fromIndex } from './merge.ts';

interface SortRow {
  readonly name: string | Uint8Array;
  readonly type: number;
  readonly value: number;
}

/** A folder of a location that is away: all that is known of it is in the index. */
export class IndexFolder implements FolderSource {
  readonly #index: FolderIndex;

  constructor(index: FolderIndex) {
    this.#index = index;
  }

  columns(sort: ListingOrder['sort']): OrderedNames {
    const column = { name: '0', size: 'size', modified: 'mtime', kind: 'kind' }[sort];
    const { db, folderId } = this.#index;
    const rows = db
      .prepare<SortRow>(`SELECT name, type, ${column} AS value FROM entries WHERE parent_id = ?`)
      .all(folderId);
    const columns = {
      names: rows.map(({ name }) => nameOfStored(name)),
      types: Uint8Array.from(rows, ({ type }) => type),
    };
    if (sort === 'name') return columns;
    if (sort === 'kind') return { ...columns, values: rows.map(({ value }) => kindOfCode(value)) };
    const bytes = sort === 'size' ? bytesOfChildFolders(db, folderId) : undefined;
    const values = rows.map(({ type, value }, index) =>
      bytes && type === FOLDER ? (bytes.get(columns.names[index] ?? '') ?? 0) : value,
    );
    return { ...columns, values };
  }

  entries(names: readonly string[], total: number): EntryFacts[] {
    const indexed = indexedChildren(this.#index, names, total);
    return names.flatMap((name) => {
      const child = indexed.get(name);
      return child ? [fromIndex(child)] : [];
    });
  }
}
