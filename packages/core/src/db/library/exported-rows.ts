import type { ReadConnection } from '../../ports/sqlite.ts';

/** An entry with all that the library knows of it. Times of files in microseconds, of pictures in milliseconds since the epoch. */
export interface ExportedRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  readonly mtime: number;
  /** Sampled, see `domain/content-id.ts`. */
  readonly content_hash: Uint8Array | null;
  /** Of all its bytes; `null` where they were not read, or have changed since. */
  readonly full_hash: Uint8Array | null;
  readonly bytes: number | null;
  readonly files: number | null;
  readonly folders: number | null;
  readonly children: number | null;
  readonly taken_at: number | null;
  readonly camera: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_ms: number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Up to `limit` entries with ids above `after` and up to `upTo`, in their order: each is met once, wherever it is moved meanwhile. */
export function exportedRows(
  db: ReadConnection,
  { after, upTo, limit }: { readonly after: number; readonly upTo: number; readonly limit: number },
): ExportedRow[] {
  return db
    .prepare<ExportedRow>(
      `SELECT e.id, e.parent_id, e.name, e.type, e.kind, e.size, e.mtime, c.hash AS content_hash, h.hash AS full_hash,
         f.bytes, f.files, f.folders, f.children,
         m.taken_at, m.camera, m.width, m.height, m.duration_ms, m.latitude, m.longitude
       FROM entries e
       LEFT JOIN contents c ON c.id = e.content_id
       LEFT JOIN full_hashes h ON h.entry_id = e.id AND h.size = e.size AND h.mtime = e.mtime
       LEFT JOIN folders f ON f.entry_id = e.id AND f.stale = 0
       LEFT JOIN media m ON m.content_id = e.content_id
       WHERE e.id > ? AND e.id <= ? ORDER BY e.id LIMIT ?`,
    )
    .all(after, upTo, limit);
}

/** The highest id an entry has now; 0 where there are none. */
export function lastEntryId(db: ReadConnection): number {
  return db.prepare<{ id: number | null }>('SELECT max(id) AS id FROM entries').get()?.id ?? 0;
}
