import { contentById } from '../db/library/contents.ts';
import { toHex } from '../domain/ids.ts';
import type { Library } from '../libraries/library.ts';

const BATCH = 500;

/** The index of texts, as far as a sweep needs it. */
export interface SweptTexts {
  contents(library: string, after: number, count: number): Promise<{ content: number; hash: Uint8Array }[]>;
  remove(library: string, contents: readonly number[]): Promise<number>;
}

/** Removes the texts of contents that no file has any more; answers how many there were. */
export async function sweepTexts(library: Library, texts: SweptTexts, signal: AbortSignal): Promise<number> {
  let removed = 0;
  const hasFile = library.db.prepare('SELECT 1 FROM entries WHERE content_id = ? LIMIT 1');
  for (let after = 0; !signal.aborted;) {
    const batch = await texts.contents(library.id, after, BATCH);
    const last = batch.at(-1);
    if (!last) break;
    const gone = batch.filter(({ content, hash }) => {
      const known = contentById(library.db, content);
      return !known || toHex(known.hash) !== toHex(hash) || hasFile.get(content) === undefined;
    });
    removed += await texts.remove(
      library.id,
      gone.map(({ content }) => content),
    );
    after = last.content;
  }
  return removed;
}
