import { type LocationWithTotals, listLocations } from '../db/library/locations.ts';
import { type EntryFacts, type EntryView, FOLDER, entryView, nameOfStored, viewAt } from '../domain/entry.ts';
import { contentUuid, uuidToText } from '../domain/ids.ts';
import { joinNative } from '../domain/native-path.ts';
import { presenceOf } from '../locations/presence.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { Hit } from './finding/matcher.ts';
import { treeNow } from './finding/world.ts';

interface HitRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  readonly mtime: number;
  readonly uuid: Uint8Array | null;
  readonly hash: Uint8Array | null;
  readonly bytes: number | null;
  readonly files: number;
  readonly folders: number;
  readonly children: number;
}

const ROWS = `SELECT e.id, e.parent_id, e.name, e.type, e.kind, e.size, e.mtime, e.uuid, c.hash, f.bytes, f.files, f.folders, f.children
  FROM json_each(?) hit CROSS JOIN entries e ON e.id = hit.value
  LEFT JOIN contents c ON c.id = e.content_id
  LEFT JOIN folders f ON f.entry_id = e.id AND e.type = ${FOLDER}`;

/** Shows hits, in their order. One that has gone in this very moment is left out. */
export function hitViews(
  hits: readonly Pick<Hit, 'id'>[],
  { db, files, device }: { db: ReadConnection; files: ReadFiles; device: { readonly slug: string } },
): EntryView[] {
  const locations = new Map(listLocations(db).map((location) => [location.root_entry_id, location]));
  const offline = new Map<LocationWithTotals, boolean>();
  const isOffline = (location: LocationWithTotals): boolean => {
    const known = offline.get(location) ?? presenceOf(location, files) === 'offline';
    offline.set(location, known);
    return known;
  };
  const tree = treeNow(db);
  const rows = db.prepare<HitRow>(ROWS).all(JSON.stringify(hits.map(({ id }) => id)));
  return rows.flatMap((row) => {
    const place = row.parent_id === null ? { root: row.id, names: '' } : tree.path(row.parent_id);
    const location = place && locations.get(place.root);
    if (!location) return [];
    const around = { device: device.slug, location: uuidToText(location.uuid), offline: isOffline(location) };
    const root = nameOfStored(location.path);
    if (row.parent_id === null) return viewAt(factsOf(row), root, around);
    return entryView(factsOf(row), { ...around, folder: place.names === '' ? root : joinNative(root, place.names) });
  });
}

function factsOf(row: HitRow): EntryFacts {
  const { id, type, kind, mtime, uuid, bytes, files, folders, children } = row;
  return {
    id,
    uuid,
    type,
    kind,
    mtime,
    name: nameOfStored(row.name),
    // As listings show it: of a folder, what lies in it.
    size: type === FOLDER ? (bytes ?? 0) : row.size,
    contentUuid: row.hash && contentUuid(row.hash),
    ...(bytes === null ? {} : { folder: { bytes, files, folders, children } }),
  };
}
