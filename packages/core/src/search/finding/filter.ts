import { FOLDER } from '../../domain/entry.ts';
import type { KindCode } from '../../domain/kinds.ts';
import type { SqlValue } from '../../ports/sqlite.ts';
import type { Condition, Predicate } from '../filtering/predicate.ts';

/** What entries must be; what is absent is not asked. */
export interface EntryFilter {
  readonly kinds?: readonly KindCode[] | undefined;
  /** Codes at rest. */
  readonly types?: readonly number[] | undefined;
  /** Folded, without the dot; one of them must end the name. Folders have none. */
  readonly extensions?: readonly string[] | undefined;
  /** Bytes, inclusive. */
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
  /** Microseconds since the epoch, inclusive. */
  readonly modifiedFrom?: number | undefined;
  /** Microseconds since the epoch, exclusive. */
  readonly modifiedBefore?: number | undefined;
  /** False: neither what is hidden nor what lies below a hidden folder. */
  readonly hidden: boolean;
  /** Only what lies below this folder, an entry's id. */
  readonly below?: number | undefined;
  /** What else they must be. */
  readonly where?: Predicate | undefined;
}

/** What of the filter a row shows by itself. The rest needs its folders (`Matcher`). */
export function rowCondition(filter: EntryFilter): Condition {
  const sql: string[] = [];
  const values: SqlValue[] = [];
  const ask = (condition: string, ...more: SqlValue[]): void => {
    sql.push(condition);
    values.push(...more);
  };
  // As one JSON value each, so that the text of the statement is the same for any number of them.
  if (filter.kinds) ask('e.kind IN (SELECT value FROM json_each(?))', JSON.stringify(filter.kinds));
  if (filter.types) ask('e.type IN (SELECT value FROM json_each(?))', JSON.stringify(filter.types));
  if (filter.extensions) ask('e.type <> ?', FOLDER);
  if (filter.minSize !== undefined) ask('e.size >= ?', filter.minSize);
  if (filter.maxSize !== undefined) ask('e.size <= ?', filter.maxSize);
  if (filter.modifiedFrom !== undefined) ask('e.mtime >= ?', filter.modifiedFrom);
  if (filter.modifiedBefore !== undefined) ask('e.mtime < ?', filter.modifiedBefore);
  if (filter.where?.row) ask(`(${filter.where.row.sql})`, ...filter.where.row.values);
  return { sql: sql.map((condition) => ` AND ${condition}`).join(''), values };
}
