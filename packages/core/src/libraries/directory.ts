import { nearest } from '../domain/suggest.ts';
import { SdError } from '../errors.ts';
import type { OpenLibrary } from './library.ts';
import type { LibraryRecord } from './record.ts';

/** The library of that id or name. Throws `NOT_FOUND` with the names there are, `INVALID_INPUT` where two have the name. */
export function findRecord(records: readonly LibraryRecord[], wanted: string): LibraryRecord {
  const found = knownRecord(records, wanted);
  if (found) return found;
  const names = records.map(({ name }) => name);
  const meant = nearest(wanted, names);
  throw new SdError('NOT_FOUND', `there is no library ${JSON.stringify(wanted)}`, {
    libraries: names.slice(0, 20),
    ...(meant ? { did_you_mean: meant } : {}),
    way_out: wayOut(names, meant),
  });
}

/** The same, `undefined` where there is none. Names that differ in case only are told apart where both are there. */
export function knownRecord(records: readonly LibraryRecord[], wanted: string): LibraryRecord | undefined {
  const byId = records.find((record) => record.id === wanted.toLowerCase());
  if (byId) return byId;
  const exact = records.filter((record) => record.name === wanted);
  const named = exact.length > 0 ? exact : records.filter((record) => sameName(record.name, wanted));
  if (named.length > 1)
    throw new SdError('INVALID_INPUT', `${named.length} libraries are called ${JSON.stringify(wanted)}`, {
      ids: named.map(({ id }) => id),
      way_out: 'name it by its id',
    });
  return named[0];
}

/** The open library of that id or name, or the only one that is open. */
export function openRecord(records: readonly LibraryRecord[], wanted: string | undefined): OpenLibrary {
  if (wanted !== undefined) {
    const record = findRecord(records, wanted);
    return record.open?.library ?? notOpen(record);
  }
  const open = records.flatMap((record) => record.open?.library ?? []);
  const [only] = open;
  if (open.length === 1 && only) return only;
  if (open.length > 1)
    throw new SdError('INVALID_INPUT', `${open.length} libraries are open: say which one`, {
      libraries: open.map(({ name }) => name),
      way_out: `--library ${JSON.stringify(only?.name)}`,
    });
  const [closed] = records;
  if (closed && records.length === 1) return notOpen(closed);
  throw records.length === 0
    ? new SdError('NOT_FOUND', 'there is no library yet', { way_out: 'sd library create <name>' })
    : new SdError('LIBRARY_CLOSED', 'no library is open', {
        libraries: records.map(({ name }) => name),
        way_out: 'sd library open <name>',
      });
}

export function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').trim().toLowerCase();
}

function notOpen({ name, state, reason }: LibraryRecord): never {
  const quoted = JSON.stringify(name);
  if (state === 'locked')
    throw new SdError('LIBRARY_LOCKED', `the library ${quoted} is locked`, {
      ...(reason ? { reason } : {}),
      way_out: `sd library unlock ${quoted}`,
    });
  throw new SdError('LIBRARY_CLOSED', `the library ${quoted} is not open${reason ? `: ${reason}` : ''}`, {
    state,
    way_out: `sd library open ${quoted}`,
  });
}

function wayOut(names: readonly string[], meant: string | undefined): string {
  if (meant) return `did you mean ${JSON.stringify(meant)}?`;
  return names.length > 0 ? `the libraries are: ${names.slice(0, 20).join(', ')}` : 'sd library create <name>';
}
