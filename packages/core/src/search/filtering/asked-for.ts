import type { Query } from '../../domain/query/query.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { idsOfTags } from './tagged.ts';

/** Whether it is asked for what is hidden, so that it must not be left out. */
export function asksForHidden(query: Query): boolean {
  if (query.op === 'not') return false;
  if (query.op !== 'term') return query.of.some(asksForHidden);
  return query.key === 'is' && query.any.includes('hidden');
}

/** The tags that are asked for, with those below them: what has a privacy tag among them is meant. */
export function askedTags(db: ReadConnection, query: Query): ReadonlySet<number> {
  if (query.op === 'not') return new Set();
  if (query.op === 'term') return new Set(query.key === 'tag' ? idsOfTags(db, query.any) : []);
  return new Set(query.of.flatMap((part) => [...askedTags(db, part)]));
}
