import { type CollectionRow, collectionByUuid, listCollections } from '../../db/library/collections.ts';
import { fold } from '../../domain/fold.ts';
import { parseQuery } from '../../domain/query/parse.ts';
import type { NamedValue } from '../../domain/query/query.ts';
import { SdError } from '../../errors.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { type Around, notThere } from './around.ts';
import { anyOf } from './combine.ts';
import { IdSet } from './id-set.ts';
import { remembered } from './memory.ts';
import type { Predicate } from './predicate.ts';
import { bytesOf, byMembers, contentsBefore, idsFrom, membersOf } from './target-set.ts';

/** Smart collections within smart collections. */
const DEEPEST = 8;

/** In one of the collections; of a smart one, what its search finds. Throws `NOT_FOUND`, `CONFLICT`. */
export function byCollections(around: Around, values: readonly NamedValue[]): Predicate {
  return anyOf(values.flatMap((value) => meant(around.world.db, value).map((row) => byCollection(around, row))));
}

function byCollection(around: Around, { id, name, query }: CollectionRow): Predicate {
  const { db } = around.world;
  if (query === null) return items(db, id);
  if (around.within.includes(id) || around.within.length >= DEEPEST)
    throw new SdError('CONFLICT', `the smart collection "${name}" is in itself, or too deep in others`, {
      way_out: `change its query: sd collection update ${JSON.stringify(name)} --query …`,
    });
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new SdError('CONFLICT', `the search of the collection "${name}": ${parsed.problem.message}`);
  return around.compile(parsed.value, { ...around, within: [...around.within, id] });
}

function items(db: ReadConnection, collection: number): Predicate {
  const key = ['collection', collection];
  const targets = remembered(db, key, ['collection_items'], () => {
    const sql = 'SELECT target_id AS id FROM collection_items WHERE collection_id = ? AND scope = ';
    const value = {
      key,
      entries: new IdSet(idsFrom(db, `${sql}0`, collection)),
      contents: new IdSet(idsFrom(db, `${sql}1`, collection)),
    };
    return { value, bytes: bytesOf(value) };
  });
  return byMembers(membersOf(targets, contentsBefore(db)));
}

/** All that are called so. */
function meant(db: ReadConnection, { text, at }: NamedValue): CollectionRow[] {
  const byId = collectionByUuid(db, text.toLowerCase());
  if (byId) return [byId];
  const all = listCollections(db);
  const found = all.filter(({ name }) => fold(name) === fold(text));
  if (found.length > 0) return found;
  throw notThere(
    'collection',
    text,
    at,
    all.map(({ name }) => name),
  );
}
