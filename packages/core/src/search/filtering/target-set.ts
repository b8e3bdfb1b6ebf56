import type { ReadConnection, SqlValue } from '../../ports/sqlite.ts';
import { IdSet, NO_IDS } from './id-set.ts';
import { remembered } from './memory.ts';
import type { Members, Predicate } from './predicate.ts';

/** Entries, and contents whose every place is meant. */
export interface Targets {
  /** Tells them from others. */
  readonly key: readonly unknown[];
  readonly entries: IdSet;
  readonly contents: IdSet;
}

/** The ids that a statement answers as one JSON list: many times quicker than row by row. */
export function idsFrom(db: ReadConnection, sql: string, ...values: SqlValue[]): number[] {
  const row = db.prepare<{ ids: string }>(`SELECT json_group_array(id) AS ids FROM (${sql})`).get(...values);
  return JSON.parse(row?.ids ?? '[]') as number[];
}

export function bytesOf({ entries, contents }: Pick<Targets, 'entries' | 'contents'>): number {
  return entries.bytes + contents.bytes;
}

/** The content that an edited file had before, by entry: what was said of that one holds until its new one is known. */
export function contentsBefore(db: ReadConnection): ReadonlyMap<number, number> {
  return remembered(db, ['successions'], ['entries'], () => {
    const rows = db
      .prepare<{ entry_id: number; content_id: number }>('SELECT entry_id, content_id FROM successions')
      .all();
    const value = new Map(rows.map((row) => [row.entry_id, row.content_id]));
    return { value, bytes: value.size * 60 };
  });
}

/** What has one of the targets: of itself, by its content, or by the content it had before. */
export function membersOf({ key, entries, contents }: Targets, before: ReadonlyMap<number, number>): Members {
  const edited = [...before].filter(([, content]) => contents.has(content)).map(([entry]) => entry);
  const named = edited.length > 0 ? new IdSet([...entries.sorted, ...edited]) : entries;
  return {
    has: (id, content) => named.has(id) || (content !== null && contents.has(content)),
    mayHave: (content) => named.size > 0 || contents.has(content),
    exact: true,
    named: { key, most: named.size + contents.size, entries: named.sorted, contents: contents.sorted },
  };
}

/** Passes what the members say. */
export function byMembers(members: Members): Predicate {
  return { members, test: ({ id, content }) => members.has(id, content) };
}

/** Passes files with one of these contents. */
export function byContents(key: readonly unknown[], contents: IdSet): Predicate {
  return byMembers(membersOf({ key, entries: NO_IDS, contents }, new Map()));
}
