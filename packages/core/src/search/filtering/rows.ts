import { FILE, FOLDER, SYMLINK } from '../../domain/entry.ts';
import { KIND_CODES, type Kind } from '../../domain/kinds.ts';
import { resolveEdge } from '../../domain/query/resolve-edge.ts';
import type { NumberTerm, TimeTerm } from '../../domain/query/query.ts';
import { anyOf } from './combine.ts';
import type { SqlValue } from '../../ports/sqlite.ts';
import type { Predicate, RowFacts } from './predicate.ts';

/** What a row of `entries` shows by itself. */

export function byType(words: readonly string[]): Predicate {
  return anyOf(
    words.map((word) => {
      if (word === 'file') return typed(FILE);
      if (word === 'symlink') return typed(SYMLINK);
      const code = KIND_CODES[word as Kind];
      return byRow('e.kind = ?', [code], ({ kind }) => kind === code);
    }),
  );
}

export function typed(code: number): Predicate {
  return byRow('e.type = ?', [code], ({ type }) => type === code);
}

/** Folders have no size of their own. */
export function bySize({ from = 0, to = Number.MAX_SAFE_INTEGER }: Pick<NumberTerm, 'from' | 'to'>): Predicate {
  return byRow(
    'e.type <> ? AND e.size BETWEEN ? AND ?',
    [FOLDER, from, to],
    ({ type, size }) => type !== FOLDER && size >= from && size <= to,
  );
}

export function byModified({ from, to }: Pick<TimeTerm, 'from' | 'to'>, now: number): Predicate {
  const start = from ? resolveEdge(from, now) * 1000 : Number.MIN_SAFE_INTEGER;
  const end = to ? resolveEdge(to, now) * 1000 : Number.MAX_SAFE_INTEGER;
  return byRow('e.mtime >= ? AND e.mtime < ?', [start, end], ({ mtime }) => mtime >= start && mtime < end);
}

/** The same condition twice: for SQL, and for rows at hand. */
function byRow(sql: string, values: readonly SqlValue[], meets: (facts: RowFacts) => boolean): Predicate {
  return { test: meets, row: { sql, values, meets, exact: true } };
}

/** A file without a byte, a folder without a child. */
export function isEmpty(hasChildren: (folder: number) => boolean): Predicate {
  return {
    test: ({ id, type, size }) => (type === FILE && size === 0) || (type === FOLDER && !hasChildren(id)),
    row: {
      sql: '(e.type = ? AND e.size = 0) OR e.type = ?',
      values: [FILE, FOLDER],
      meets: ({ type, size }) => (type === FILE && size === 0) || type === FOLDER,
      exact: false,
    },
  };
}
