import { type LocationWithTotals, listLocations } from '../db/library/locations.ts';
import { nameOfStored } from '../domain/entry.ts';
import { uuidToText } from '../domain/ids.ts';
import { showNative } from '../domain/native-path.ts';
import { parseSdPath } from '../domain/sd-path.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** The native path of a location. */
export function pathOfLocation(row: LocationWithTotals): string {
  return nameOfStored(row.path);
}

/** The location of that id, name or path. Throws `NOT_FOUND` with the names there are. */
export function findLocation(db: ReadConnection, wanted: string, slug: string): LocationWithTotals {
  // Two disks may have been mounted at one path: the one that is there now is meant.
  const all = listLocations(db).toSorted((a, b) => a.volume_away - b.volume_away);
  const parsed = parseSdPath(wanted, slug);
  const path = parsed.ok && parsed.path.kind === 'local' && parsed.path.device === slug ? parsed.path.path : undefined;
  const found =
    all.find((row) => uuidToText(row.uuid) === wanted.toLowerCase()) ??
    all.find((row) => path !== undefined && pathOfLocation(row) === path) ??
    onlyOne(
      all.filter((row) => row.name === wanted),
      wanted,
    ) ??
    onlyOne(
      all.filter((row) => row.name.toLowerCase() === wanted.toLowerCase()),
      wanted,
    );
  if (found) return found;
  const names = all.map((row) => row.name);
  throw new SdError('NOT_FOUND', `no location is called ${JSON.stringify(wanted)}`, {
    known: names.slice(0, 20),
    way_out:
      names.length > 0 ? `the locations are: ${names.slice(0, 20).join(', ')}` : 'add one: sd location add <folder>',
  });
}

function onlyOne(rows: LocationWithTotals[], wanted: string): LocationWithTotals | undefined {
  if (rows.length < 2) return rows[0];
  const paths = rows.map((row) => showNative(pathOfLocation(row)));
  throw new SdError(
    'INVALID_INPUT',
    `${rows.length} locations are called ${JSON.stringify(wanted)}: ${paths.join(', ')}`,
    { way_out: 'name it by its path or its id' },
  );
}
