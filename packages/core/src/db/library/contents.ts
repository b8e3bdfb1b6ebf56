import { contentUuid, fromHex, toHex, uuidFromText } from '../../domain/ids.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

/** A row of `contents`: what a file is, wherever it lies. */
export interface ContentRow {
  readonly id: number;
  /** Sampled, see `domain/content-id.ts`. */
  readonly hash: Uint8Array;
  readonly size: number;
  readonly kind: number;
}

/** The first bytes of a content's UUID that are its hash unchanged. */
const UNCHANGED_BYTES = 6;

export function contentById(db: ReadConnection, id: number): ContentRow | undefined {
  return db.prepare<ContentRow>('SELECT id, hash, size, kind FROM contents WHERE id = ?').get(id);
}

/** By the UUID that clients know it by. */
export function contentByUuid(db: ReadConnection, uuid: string): ContentRow | undefined {
  const wanted = uuidFromText(uuid);
  if (!wanted) return undefined;
  const from = wanted.slice(0, UNCHANGED_BYTES);
  const to = fromHex(toHex(from) + 'ff'.repeat(32));
  const near = db
    .prepare<ContentRow>('SELECT id, hash, size, kind FROM contents WHERE hash BETWEEN ? AND ?')
    .all(from, to ?? from);
  return near.find(({ hash }) => toHex(contentUuid(hash)) === toHex(wanted));
}
