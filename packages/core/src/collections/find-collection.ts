import { type CollectionRow, collectionByUuid, collectionsNamed, listCollections } from '../db/library/collections.ts';
import { uuidFromText, uuidToText } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** The collection of that id or name. Throws `NOT_FOUND` with the names there are, `INVALID_INPUT` where several have the name. */
export function findCollection(db: ReadConnection, wanted: string): CollectionRow {
  const byId = uuidFromText(wanted.trim()) && collectionByUuid(db, wanted.trim());
  if (byId) return byId;
  const [found, ...more] = collectionsNamed(db, wanted);
  if (found && more.length === 0) return found;
  if (found) {
    throw new SdError('INVALID_INPUT', `${more.length + 1} collections are called ${JSON.stringify(wanted)}`, {
      ids: [found, ...more].map(({ uuid }) => uuidToText(uuid)),
      way_out: 'name it by its id',
    });
  }
  const names = listCollections(db).map(({ name }) => name);
  throw new SdError('NOT_FOUND', `no collection is called ${JSON.stringify(wanted)}`, {
    known: names.slice(0, 20),
    way_out:
      names.length > 0
        ? `the collections are: ${names.slice(0, 20).join(', ')}`
        : 'make one: sd collection create <name>',
  });
}

/** Throws `ALREADY_EXISTS` where another collection has the name. */
export function refuseTakenName(db: ReadConnection, name: string, but?: CollectionRow): void {
  const twin = collectionsNamed(db, name).find(({ id }) => id !== but?.id);
  if (!twin) return;
  throw new SdError('ALREADY_EXISTS', `there is a collection "${twin.name}" already`, { id: uuidToText(twin.uuid) });
}

/** Throws `CONFLICT` for a smart collection: what is in it is found, not put there. */
export function refuseSmart(row: CollectionRow): void {
  if (row.query === null) return;
  throw new SdError('CONFLICT', `"${row.name}" is a smart collection: its query says what is in it`, {
    way_out: 'change the query, or make another collection',
  });
}
