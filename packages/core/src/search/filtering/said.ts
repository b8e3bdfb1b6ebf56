import { fold } from '../../domain/fold.ts';
import type { NamedValue, NumberTerm } from '../../domain/query/query.ts';
import type { ReadConnection, SqlValue } from '../../ports/sqlite.ts';
import { noneOf } from './combine.ts';
import { IdSet } from './id-set.ts';
import { remembered } from './memory.ts';
import type { Members, Predicate } from './predicate.ts';
import { type Targets, bytesOf, byMembers, contentsBefore, idsFrom } from './target-set.ts';

type Column = 'favorite' | 'rating' | 'hidden' | 'note';

/** Stars; 0 is no rating. */
export function byRating(db: ReadConnection, { from = 0, to = 5 }: Pick<NumberTerm, 'from' | 'to'>): Predicate {
  // What has no rating is named by nothing: it is what has none of the others.
  if (from <= 0 && to >= 0) return noneOf(said(db, 'rating', 'rating > ?', [to]));
  return said(db, 'rating', 'rating BETWEEN ? AND ?', [Math.max(1, from), to]);
}

export function isFavorite(db: ReadConnection): Predicate {
  return said(db, 'favorite', 'favorite = 1', []);
}
/** Itself; not what lies below it. */
export function isSaidHidden(db: ReadConnection): Predicate {
  return said(db, 'hidden', 'hidden = 1', []);
}
export function hasNote(db: ReadConnection): Predicate {
  return said(db, 'note', "note <> ''", []);
}

/** A note with one of the texts in it. */
export function byNote(db: ReadConnection, values: readonly NamedValue[]): Predicate {
  const wanted = values.map(({ text }) => fold(text));
  const key = ['notes', wanted];
  const meets = remembered(db, key, ['metadata'], () => {
    const rows = db
      .prepare<{ scope: number; target_id: number; note: string }>(
        'SELECT scope, target_id, note FROM metadata WHERE note IS NOT NULL',
      )
      .all()
      .filter(({ note }) => wanted.some((text) => fold(note).includes(text)));
    const of = (scope: number): IdSet =>
      new IdSet(rows.filter((row) => row.scope === scope).map((row) => row.target_id));
    const value = { key, entries: of(0), contents: of(1) };
    return { value, bytes: bytesOf(value) };
  });
  return byMembers(nearestSays(meets, whereSaid(db, 'note'), contentsBefore(db)));
}

function said(db: ReadConnection, column: Column, condition: string, values: readonly SqlValue[]): Predicate {
  const meets = targets(db, ['said', condition, values], condition, values);
  return byMembers(nearestSays(meets, whereSaid(db, column), contentsBefore(db)));
}

/** Where anything is said of it at all. */
function whereSaid(db: ReadConnection, column: Column): Targets {
  return targets(db, ['where said', column], `${column} IS NOT NULL`, []);
}

function targets(db: ReadConnection, key: readonly unknown[], condition: string, values: readonly SqlValue[]): Targets {
  return remembered(db, key, ['metadata'], () => {
    const of = (scope: number): IdSet =>
      new IdSet(idsFrom(db, `SELECT target_id AS id FROM metadata WHERE scope = ${scope} AND ${condition}`, ...values));
    const value = { key, entries: of(0), contents: of(1) };
    return { value, bytes: bytesOf(value) };
  });
}

/** What is said of the entry goes before what is said of its content, and that before what was said of the one it had. */
function nearestSays(meets: Targets, anything: Targets, before: ReadonlyMap<number, number>): Members {
  const edited = [...before].filter(([, content]) => meets.contents.has(content)).map(([entry]) => entry);
  const entries = edited.length > 0 ? new IdSet([...meets.entries.sorted, ...edited]) : meets.entries;
  return {
    has(id, content) {
      if (anything.entries.has(id)) return meets.entries.has(id);
      if (content !== null && anything.contents.has(content)) return meets.contents.has(content);
      const old = before.get(id);
      return old !== undefined && meets.contents.has(old);
    },
    mayHave: (content) => entries.size > 0 || meets.contents.has(content),
    exact: true,
    named: {
      key: meets.key,
      most: entries.size + meets.contents.size,
      entries: entries.sorted,
      contents: meets.contents.sorted,
    },
  };
}
