import type { NamesMeta } from '../../db/names/meta.ts';
import type { ReadConnection, SqlValue } from '../../ports/sqlite.ts';
import type { Condition } from '../filtering/predicate.ts';
import { mergeById } from './merge-by-id.ts';
import type { Plan } from './planner.ts';
import type { SearchText } from './search-text.ts';

/** An entry that may be a hit. What is optional is there where all columns were asked for. */
export interface Candidate {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly size: number;
  readonly mtime: number;
  readonly type?: number;
  readonly kind?: number;
  readonly content_id?: number | null;
}

/** Rows held at a time. */
const MOST_ROWS = 4096;
/** How far a scan goes in one statement, so that a search can be cancelled. */
const WINDOW_IDS = 131_072;
/** A search by names alone looks at hundreds of rows for a page: each column more is a twentieth of its time. */
export const NAME_COLUMNS = 'e.id, e.parent_id, e.name, e.size, e.mtime';
export const CANDIDATE_COLUMNS = `${NAME_COLUMNS}, e.type, e.kind, e.content_id`;
type CandidateColumns = typeof NAME_COLUMNS | typeof CANDIDATE_COLUMNS;

/** A condition whose values may narrow from chunk to chunk. */
export interface Narrowing {
  readonly sql: string;
  values(): readonly SqlValue[];
}

export interface CandidateParts {
  readonly db: ReadConnection;
  /** `undefined`: there is no index to use. */
  readonly index: NamesMeta | undefined;
  readonly text: SearchText;
  readonly condition: Condition;
  readonly columns: CandidateColumns;
  /** Throws where the search was cancelled. */
  readonly check: () => void;
}

/**
 * Entries that may match, by ascending id, in chunks that grow: a page that fills early costs little. What the index
 * does not hold yet (new entries, names just changed) is looked at one by one, so that an index in the making finds the
 * same as a whole one.
 */
export class Candidates {
  readonly #parts: CandidateParts;
  /** No entry has a higher one. */
  readonly lastId: number;
  readonly #anyRenamed: boolean;

  constructor(parts: CandidateParts) {
    this.#parts = parts;
    this.lastId = parts.db.prepare<{ id: number | null }>('SELECT max(id) AS id FROM entries').get()?.id ?? 0;
    this.#anyRenamed = parts.db.prepare('SELECT 1 FROM renamed_entries LIMIT 1').get() !== undefined;
  }

  /** Entries up to this id are in the index. */
  get covered(): number {
    return this.#parts.index?.mark ?? 0;
  }
  /** Ids that only a scan reaches. */
  get uncovered(): number {
    return Math.max(0, this.lastId - this.covered);
  }

  /** All that `plan` allows after id `from`; `first` is about how many the caller hopes to need. */
  *byId(plan: Plan, from: number, first: number, narrowing?: Narrowing): Generator<Candidate[]> {
    const size = Math.min(MOST_ROWS, first + 24);
    if (plan.by === 'ids') return yield* this.#listed(plan.found().ids, from, size, narrowing);
    if (plan.by === 'scan' || !this.#parts.index) return yield* this.#scan(from, size, narrowing);
    if (from < this.covered) {
      const indexed = plan.by === 'index' ? this.#indexed(plan.expression, from, size, narrowing) : [];
      yield* this.#anyRenamed ? mergeById(this.#renamed(from, narrowing), indexed) : indexed;
    }
    yield* this.#scan(Math.max(from, this.covered), size, narrowing);
  }

  /** Those with these ids, ascending. */
  *ofIds(ids: Float64Array): Generator<Candidate[]> {
    yield* this.#listed(ids, 0, ids.length, undefined);
  }

  #indexed(expression: string, from: number, size: number, narrowing: Narrowing | undefined): Generator<Candidate[]> {
    const sql = `SELECT ${this.#parts.columns} FROM names.trigrams t CROSS JOIN entries e ON e.id = t.rowid
      WHERE t.trigrams MATCH ? AND t.rowid > ? AND t.rowid <= ?`;
    return this.#chunks(from, size, narrowing, sql, (after) => [expression, after, this.covered]);
  }

  /** Looked up in their order, which is that of the rows on disk. */
  *#listed(ids: Float64Array, from: number, first: number, narrowing: Narrowing | undefined): Generator<Candidate[]> {
    const { db, condition, columns, check } = this.#parts;
    const statement = db.prepare<Candidate>(
      `SELECT ${columns} FROM json_each(?) l CROSS JOIN entries e ON e.id = l.value WHERE true${condition.sql}${narrowing?.sql ?? ''}`,
    );
    let size = first;
    for (let at = firstAbove(ids, from); at < ids.length; size = Math.min(size * 4, MOST_ROWS)) {
      check();
      const some = `[${ids.subarray(at, at + size).join(',')}]`;
      at += size;
      const rows = statement.all(some, ...condition.values, ...(narrowing?.values() ?? []));
      if (rows.length > 0) yield rows;
    }
  }

  #renamed(from: number, narrowing: Narrowing | undefined): Generator<Candidate[]> {
    const sql = `SELECT ${this.#parts.columns} FROM renamed_entries r CROSS JOIN entries e ON e.id = r.id WHERE r.id > ? AND r.id <= ?`;
    return this.#chunks(from, MOST_ROWS, narrowing, sql, (after) => [after, this.covered]);
  }

  *#scan(from: number, size: number, narrowing: Narrowing | undefined): Generator<Candidate[]> {
    const { sql: namedSql, values: namedValues } = nameCondition(this.#parts.text);
    const sql = `SELECT ${this.#parts.columns} FROM entries e NOT INDEXED WHERE e.id > ? AND e.id <= ?${namedSql}`;
    for (let start = from; start < this.lastId; start += WINDOW_IDS) {
      const end = start + WINDOW_IDS;
      yield* this.#chunks(start, size, narrowing, sql, (after) => [after, end, ...namedValues], 'e.id');
    }
  }

  *#chunks(
    from: number,
    first: number,
    narrowing: Narrowing | undefined,
    select: string,
    values: (after: number) => SqlValue[],
    order?: string,
  ): Generator<Candidate[]> {
    const { db, condition, check } = this.#parts;
    const statement = db.prepare<Candidate>(
      `${select}${condition.sql}${narrowing?.sql ?? ''}${order ? ` ORDER BY ${order}` : ''} LIMIT ?`,
    );
    let after = from;
    for (let size = first; ; size = Math.min(size * 4, MOST_ROWS)) {
      check();
      const rows = statement.all(...values(after), ...condition.values, ...(narrowing?.values() ?? []), size);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < size) return;
      after = last.id;
    }
  }
}

/**
 * What SQL can tell of the name, so that a scan brings few rows over. LIKE looks past the case of ASCII only: names with
 * other characters, and those that are no text (which sort above every text), are always candidates.
 */
function nameCondition({ words }: SearchText): Condition {
  if (words.length === 0) return { sql: '', values: [] };
  const foreign = `octet_length(e.name) <> length(e.name) OR e.name >= x''`;
  // oxlint-disable-next-line no-control-regex
  if (!words.every((word) => /^[\u0000-\u007f]*$/.test(word))) return { sql: ` AND (${foreign})`, values: [] };
  const asked = words.toSorted((a, b) => b.length - a.length).slice(0, MOST_PATTERNS);
  const likes = asked.map(() => `e.name LIKE ? ESCAPE '\\'`).join(' AND ');
  return {
    sql: ` AND ((${likes}) OR ${foreign})`,
    values: asked.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
  };
}

/** Where the first of the ascending ids above `id` is. */
function firstAbove(ids: Float64Array, id: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? 0) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Words that are looked for in SQL; the rest is left to the check of each candidate. */
const MOST_PATTERNS = 4;
