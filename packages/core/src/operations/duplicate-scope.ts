import { indexedFolder } from '../browsing/indexed-folder.ts';
import type { DuplicateScope } from '../db/library/duplicates.ts';
import type { PrivateEntries } from '../db/library/private-entries.ts';
import type { Device } from '../domain/device.ts';
import type { DuplicateFilters } from '../domain/duplicates.ts';
import { KIND_CODES } from '../domain/kinds.ts';
import { isWithin, showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import { findLocation, pathOfLocation } from '../locations/find.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/**
 * The scope, and the paths of the folders outside which nothing counts, where that is not everything. `hidden` count as
 * none. Throws `NOT_FOUND`.
 */
export function duplicateScope(
  db: ReadConnection,
  device: Device,
  asked: DuplicateFilters,
  hidden: PrivateEntries | undefined,
): { readonly scope: DuplicateScope; readonly folders: readonly string[] | undefined } {
  const scope: DuplicateScope = {
    minSize: asked.min_size,
    maxSize: asked.max_size,
    kinds: asked.kinds?.map((kind) => KIND_CODES[kind]),
    extensions: asked.extensions?.map((extension) => extension.replace(/^\./, '').toLowerCase()),
    without: hidden && [...hidden.tops],
  };
  const locations = asked.locations?.map((location) => findLocation(db, location, device.slug));
  const within = asked.within === undefined ? undefined : indexedFolder(asked.within, db, device);
  if (within && locations && !locations.some((location) => isWithin(within.path, pathOfLocation(location)))) {
    throw new SdError('NOT_FOUND', `${showNative(within.path)} is in none of the locations that are named`, {
      way_out: 'leave one of the two out',
    });
  }
  if (within) return { scope: { ...scope, below: [within.id] }, folders: [within.path] };
  if (!locations || isAll(db, locations)) return { scope, folders: undefined };
  const below = locations.map(({ root_entry_id: root }) => root);
  return { scope: { ...scope, below }, folders: locations.map(pathOfLocation) };
}

/** Everything there is, is quicker to look through than a part. */
function isAll(db: ReadConnection, locations: readonly { readonly id: number }[]): boolean {
  const all = db.prepare<{ n: number }>('SELECT count(*) AS n FROM locations').get()?.n;
  return new Set(locations.map(({ id }) => id)).size === all;
}
