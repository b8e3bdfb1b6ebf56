import type { LocationWithTotals } from '../db/library/locations.ts';
import { uuidToText } from '../domain/ids.ts';
import {
  type LocationMode,
  type LocationView,
  type LocationWatch,
  locationAttentionSchema,
  locationRulesSchema,
} from '../domain/location.ts';
import { showNative } from '../domain/native-path.ts';
import { type ScanResult, scanResultSchema } from '../domain/scan.ts';
import { localUri } from '../domain/sd-path.ts';
import { pathOfLocation } from './find.ts';
import type { LocationPlace, Presence } from './presence.ts';

/** The result of the last whole scan. */
export function lastScan(row: LocationWithTotals): ScanResult | undefined {
  return row.last_scan === null ? undefined : scanResultSchema.parse(JSON.parse(row.last_scan));
}

/** The location as clients see it; `presenceOf` says whether it is there. `watch`: where the watcher was asked. */
export function locationView(
  row: LocationWithTotals,
  presenceOf: (location: LocationPlace) => Presence,
  slug: string,
  watch?: LocationWatch,
): LocationView {
  const path = pathOfLocation(row);
  const scan = lastScan(row);
  return {
    id: uuidToText(row.uuid),
    name: row.name,
    path: localUri(slug, path),
    native_path: showNative(path),
    mode: row.mode as LocationMode,
    state: stateOf(row, presenceOf(row)),
    rules: locationRulesSchema.parse(JSON.parse(row.rules)),
    device: uuidToText(row.device_id),
    created_at: row.created_at,
    ...(row.indexed_at === null ? {} : { indexed_at: row.indexed_at }),
    totals: { bytes: row.bytes ?? 0, files: row.files ?? 0, folders: row.folders ?? 0 },
    left_out: { entries: scan?.left_out ?? 0 },
    problems: { unreadable: scan?.unreadable ?? 0, vanished: scan?.vanished ?? 0, other: scan?.other ?? 0 },
    root_entry: row.root_entry_id,
    ...(row.volume_uuid === null ? {} : { volume: { id: uuidToText(row.volume_uuid), name: row.volume_name ?? '' } }),
    ...(row.attention === null ? {} : { attention: locationAttentionSchema.parse(JSON.parse(row.attention)) }),
    ...(watch ? { watch } : {}),
  };
}

function stateOf(row: LocationWithTotals, presence: Presence): LocationView['state'] {
  if (presence !== 'online') return presence;
  return row.scanning ? 'indexing' : row.attention !== null ? 'needs_attention' : 'online';
}
