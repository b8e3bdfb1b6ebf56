import { type MediaFacts, mediaFactsSchema } from '../../domain/media.ts';
import type { ReadConnection, SqlValue } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';

/** The facts of a content: all of them as JSON, and those that searches go by in columns of their own. */
export function putMedia(
  tx: WriteTransaction,
  content: { readonly id: number; readonly hash: Uint8Array },
  facts: MediaFacts,
): void {
  const columns = columnsOf(facts);
  const names = Object.keys(columns);
  tx.run(
    `INSERT OR REPLACE INTO media (content_id, ${names.join(', ')}) VALUES (?${', ?'.repeat(names.length)})`,
    content.id,
    ...Object.values(columns),
  );
  tx.logged('media', content.hash, columns);
}

export function removeMedia(tx: WriteTransaction, content: { readonly id: number; readonly hash: Uint8Array }): void {
  if (tx.run('DELETE FROM media WHERE content_id = ?', content.id).changes > 0) tx.logged('media', content.hash, null);
}

/** `undefined`: none are known. */
export function mediaOf(db: ReadConnection, content: number): MediaFacts | undefined {
  const row = db.prepare<{ facts: string }>('SELECT facts FROM media WHERE content_id = ?').get(content);
  if (!row) return undefined;
  const { success, data } = mediaFactsSchema.safeParse(JSON.parse(row.facts));
  return success ? data : undefined;
}

function columnsOf(facts: MediaFacts): Record<string, SqlValue> {
  const camera = [facts.camera_make, facts.camera_model].filter((part) => part !== undefined).join(' ');
  return {
    format: facts.format ?? null,
    width: facts.width ?? null,
    height: facts.height ?? null,
    taken_at: facts.taken_at ?? null,
    camera: camera === '' ? null : camera,
    duration_ms: facts.duration_ms ?? null,
    latitude: facts.latitude ?? null,
    longitude: facts.longitude ?? null,
    pages: facts.pages ?? null,
    thumbhash: facts.thumbhash === undefined ? null : base64ToBytes(facts.thumbhash),
    facts: JSON.stringify(facts),
  };
}

function base64ToBytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
