import type { ReadConnection } from '../../ports/sqlite.ts';
import { remembered } from './memory.ts';
import type { RowFacts } from './predicate.ts';

/** Entries by ascending id, and what they are sorted by where that is at hand. */
export interface FoundIds {
  readonly ids: Float64Array;
  /** Of each of them, in the same order. */
  keys?(column: SortColumn): Float64Array;
}
export type SortColumn = 'size' | 'mtime';

/** What rows show, of many entries by column. */
export class FactColumns {
  readonly ids: Float64Array;
  readonly #types: Uint8Array;
  readonly #kinds: Uint8Array;
  readonly #sizes: Float64Array;
  readonly #mtimes: Float64Array;
  readonly #contents: Float64Array;

  constructor(
    columns: Readonly<Record<'ids' | 'types' | 'kinds' | 'sizes' | 'mtimes' | 'contents', readonly (number | null)[]>>,
  ) {
    this.ids = Float64Array.from(columns.ids as number[]);
    this.#types = Uint8Array.from(columns.types as number[]);
    this.#kinds = Uint8Array.from(columns.kinds as number[]);
    this.#sizes = Float64Array.from(columns.sizes as number[]);
    this.#mtimes = Float64Array.from(columns.mtimes as number[]);
    this.#contents = Float64Array.from(columns.contents, (content) => content ?? 0);
  }

  get bytes(): number {
    return this.ids.length * 34;
  }

  /** Those that pass, in their order. */
  where(passes: (id: number, content: number | null, facts: RowFacts) => boolean): FoundIds {
    const found = new Uint32Array(this.ids.length);
    const facts = { type: 0, kind: 0, size: 0, mtime: 0 };
    let length = 0;
    for (let at = 0; at < this.ids.length; at++) {
      facts.type = this.#types[at] ?? 0;
      facts.kind = this.#kinds[at] ?? 0;
      facts.size = this.#sizes[at] ?? 0;
      facts.mtime = this.#mtimes[at] ?? 0;
      const id = this.ids[at] ?? 0;
      if (passes(id, this.#contents[at] || null, facts)) found[length++] = at;
    }
    const places = found.subarray(0, length);
    return {
      ids: valuesAt(this.ids, places),
      keys: (column) => valuesAt(column === 'size' ? this.#sizes : this.#mtimes, places),
    };
  }
}

function valuesAt(column: Float64Array, places: Uint32Array): Float64Array {
  const values = new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) values[at] = column[places[at] ?? 0] ?? 0;
  return values;
}

const ON = ['entries', 'tag_applications', 'metadata', 'media', 'collection_items'] as const;

/** Whether this was asked before of these, since anything changed. */
export function askedBefore(db: ReadConnection, key: readonly unknown[]): boolean {
  const asked = remembered(db, ['asked', ...key], ON, () => ({ value: { times: 0 }, bytes: 200 }));
  return asked.times++ > 0;
}

/** The rows of these entries as they are at this revision of the library. `ids` ascending; `key` tells them from others. */
export function factsOf(
  db: ReadConnection,
  key: readonly unknown[],
  ids: () => Float64Array,
  check: () => void,
): FactColumns {
  return remembered(db, ['facts', ...key], ON, () => {
    check();
    const row = db
      .prepare<Record<'ids' | 'types' | 'kinds' | 'sizes' | 'mtimes' | 'contents', string>>(
        `SELECT json_group_array(e.id) AS ids, json_group_array(e.type) AS types, json_group_array(e.kind) AS kinds,
           json_group_array(e.size) AS sizes, json_group_array(e.mtime) AS mtimes, json_group_array(e.content_id) AS contents
         FROM json_each(?) l CROSS JOIN entries e ON e.id = l.value`,
      )
      .get(`[${ids().join(',')}]`);
    const column = (text: string | undefined): (number | null)[] => JSON.parse(text ?? '[]') as (number | null)[];
    const value = new FactColumns({
      ids: column(row?.ids),
      types: column(row?.types),
      kinds: column(row?.kinds),
      sizes: column(row?.sizes),
      mtimes: column(row?.mtimes),
      contents: column(row?.contents),
    });
    return { value, bytes: value.bytes };
  });
}
