import type { ExportedEntry } from './exported-entry.ts';

type Cell = string | number | undefined;

/** In this order, which is part of the format: new ones come last. */
const COLUMNS: Readonly<Record<string, (entry: ExportedEntry) => Cell>> = {
  path: (entry) => entry.path,
  native_path: (entry) => entry.native_path,
  name: (entry) => entry.name,
  location: (entry) => entry.location,
  type: (entry) => entry.type,
  kind: (entry) => entry.kind,
  size: (entry) => entry.size,
  modified: (entry) => entry.modified,
  content_id: (entry) => entry.content_id,
  content_hash: (entry) => entry.content_hash,
  full_hash: (entry) => entry.full_hash,
  folder_bytes: (entry) => entry.folder?.bytes,
  folder_files: (entry) => entry.folder?.files,
  folder_folders: (entry) => entry.folder?.folders,
  folder_children: (entry) => entry.folder?.children,
  taken: (entry) => entry.media?.taken,
  camera: (entry) => entry.media?.camera,
  width: (entry) => entry.media?.width,
  height: (entry) => entry.media?.height,
  duration_ms: (entry) => entry.media?.duration_ms,
  latitude: (entry) => entry.media?.latitude,
  longitude: (entry) => entry.media?.longitude,
};
const CELLS = Object.values(COLUMNS);

/** RFC 4180: the names of the columns. */
export function csvHeader(): string {
  return `${Object.keys(COLUMNS).join(',')}\r\n`;
}

/** RFC 4180: one record. Texts are shown ones, without line breaks, so that a record is one line. */
export function csvLine(entry: ExportedEntry): string {
  return `${CELLS.map((cell) => csvCell(cell(entry))).join(',')}\r\n`;
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe, since names and what a file says of its camera
 * may come from anybody; the address stays exact. Numbers stay numbers, the negative ones too.
 */
export function csvCell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
