import type { FolderPlace } from '../db/library/entry-places.ts';
import type { ExportedRow } from '../db/library/exported-rows.ts';
import { isWhole } from '../domain/content-id.ts';
import { ENTRY_TYPES, type FolderSums, nameOfStored } from '../domain/entry.ts';
import { contentUuid, toHex, uuidToText } from '../domain/ids.ts';
import { kindOfCode } from '../domain/kinds.ts';
import { basenameOf, joinNative, showNative } from '../domain/native-path.ts';
import { localUri } from '../domain/sd-path.ts';

/** What an export says of one entry; what is not known is absent. Sizes in bytes, times in UTC as ISO 8601. */
export interface ExportedEntry {
  /** Its address, exact to the byte. */
  readonly path: string;
  /** For people: what is no text is escaped. */
  readonly native_path: string;
  readonly name: string;
  readonly location: string;
  readonly type: string;
  readonly kind: string;
  readonly size: number;
  readonly modified?: string;
  readonly content_id?: string;
  /** Hexadecimal BLAKE3 of the samples that make the content id. */
  readonly content_hash?: string;
  /** Hexadecimal BLAKE3 of all bytes. */
  readonly full_hash?: string;
  readonly folder?: FolderSums;
  readonly media?: ExportedMedia;
}

export interface ExportedMedia {
  readonly taken?: string;
  readonly camera?: string;
  /** Pixels, as shown. */
  readonly width?: number;
  readonly height?: number;
  readonly duration_ms?: number;
  /** Degrees; north and east are positive. */
  readonly latitude?: number;
  readonly longitude?: number;
}

/** The native path of an entry that lies in `place`, which is its own place where it is the top of a location. */
export function exportedPath(row: ExportedRow, place: FolderPlace): string {
  return row.parent_id === null ? place.path : joinNative(place.path, nameOfStored(row.name));
}

/** `device`: this device's slug. */
export function exportedEntry(row: ExportedRow, path: string, place: FolderPlace, device: string): ExportedEntry {
  const { content_hash: hash } = row;
  const fullHash = row.full_hash ?? (isWhole(row.size) ? hash : null);
  const media = mediaOf(row);
  return {
    path: localUri(device, path),
    native_path: showNative(path),
    name: showNative(basenameOf(path)),
    location: showNative(place.location.name),
    type: ENTRY_TYPES[row.type] ?? 'other',
    kind: kindOfCode(row.kind),
    size: row.size,
    ...known('modified', isoTime(Math.floor(row.mtime / 1000))),
    ...(hash ? { content_id: uuidToText(contentUuid(hash)), content_hash: toHex(hash) } : {}),
    ...(fullHash ? { full_hash: toHex(fullHash) } : {}),
    ...(row.children === null
      ? {}
      : {
          folder: { bytes: row.bytes ?? 0, files: row.files ?? 0, folders: row.folders ?? 0, children: row.children },
        }),
    ...(Object.keys(media).length > 0 ? { media } : {}),
  };
}

function mediaOf(row: ExportedRow): ExportedMedia {
  return {
    ...(row.taken_at === null ? {} : known('taken', isoTime(row.taken_at))),
    ...(row.camera === null ? {} : { camera: showNative(row.camera) }),
    ...(row.width === null ? {} : { width: row.width }),
    ...(row.height === null ? {} : { height: row.height }),
    ...(row.duration_ms === null ? {} : { duration_ms: row.duration_ms }),
    ...(row.latitude === null ? {} : { latitude: row.latitude }),
    ...(row.longitude === null ? {} : { longitude: row.longitude }),
  };
}

function known<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: V };
}

/** `undefined` where a disk claims a time that no calendar has. */
function isoTime(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
