import { type SpaceRow, listSpaces, spaceByUuid, spaceGroupByUuid, spaceItemByUuid } from '../db/library/spaces.ts';
import { fold } from '../domain/fold.ts';
import { uuidFromText, uuidToText } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** The space of that id or name; the first where none is named. `undefined`: nobody has made any. Throws `NOT_FOUND`. */
export function findSpace(db: ReadConnection, wanted: string | undefined): SpaceRow | undefined {
  const all = listSpaces(db);
  if (wanted === undefined) return all[0];
  const byId = uuidFromText(wanted) && spaceByUuid(db, wanted);
  if (byId) return byId;
  const [found, ...more] = spacesNamed(all, wanted);
  if (found && more.length === 0) return found;
  if (found) {
    throw new SdError('INVALID_INPUT', `${more.length + 1} spaces are called ${JSON.stringify(wanted)}`, {
      ids: [found, ...more].map(({ uuid }) => uuidToText(uuid)),
      way_out: 'name it by its id',
    });
  }
  const names = all.map(({ name }) => name);
  throw new SdError('NOT_FOUND', `no space is called ${JSON.stringify(wanted)}`, {
    known: names.slice(0, 20),
    way_out: names.length > 0 ? `the spaces are: ${names.slice(0, 20).join(', ')}` : 'make one: sd space create <name>',
  });
}

/** One that somebody has made. */
export function theSpace(db: ReadConnection, wanted: string): SpaceRow {
  const row = findSpace(db, wanted);
  if (!row) throw new Error('a space that is named is found, or not');
  return row;
}

/** Throws `ALREADY_EXISTS` where another space has the name. */
export function refuseTakenSpace(db: ReadConnection, name: string, but?: SpaceRow): void {
  const twin = spacesNamed(listSpaces(db), name).find(({ id }) => id !== but?.id);
  if (twin)
    throw new SdError('ALREADY_EXISTS', `there is a space "${twin.name}" already`, { id: uuidToText(twin.uuid) });
}

export function theGroup(db: ReadConnection, id: string) {
  return spaceGroupByUuid(db, id) ?? gone('group', id);
}
export function theSpaceItem(db: ReadConnection, id: string) {
  return spaceItemByUuid(db, id) ?? gone('item', id);
}

function spacesNamed(all: readonly SpaceRow[], name: string): SpaceRow[] {
  const folded = fold(name.trim());
  return all.filter((row) => fold(row.name) === folded);
}

function gone(what: string, id: string): never {
  throw new SdError('NOT_FOUND', `no space has a ${what} ${id}`, { way_out: 'sd space info shows what there is' });
}
