import { contentById } from '../db/library/contents.ts';
import { forgetSidecarPasses } from '../db/library/sidecar-passes.ts';
import { contentsWithText, removeSidecar } from '../db/library/sidecars.ts';
import { toHex } from '../domain/ids.ts';
import type { Library } from '../libraries/library.ts';

const BATCH = 200;

interface TextContent {
  readonly content: number;
  readonly hash: Uint8Array;
}
/** The index of texts, as far as a sweep needs it. */
export interface SweptTexts {
  contents(library: string, after: number, count: number): Promise<TextContent[]>;
  lacking(library: string, contents: readonly TextContent[]): Promise<number[]>;
  remove(library: string, contents: readonly number[]): Promise<number>;
}
/** Texts removed, as no file has their content any more; and texts said to be made that were lost, to be made again. */
export interface SweptTextsResult {
  readonly texts: number;
  readonly lostTexts: number;
}

export async function sweepTexts(library: Library, texts: SweptTexts, signal: AbortSignal): Promise<SweptTextsResult> {
  return { texts: await removeOrphans(library, texts, signal), lostTexts: await forgetLost(library, texts, signal) };
}

async function removeOrphans(library: Library, texts: SweptTexts, signal: AbortSignal): Promise<number> {
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
    if (gone.length > 0)
      removed += await texts.remove(
        library.id,
        gone.map(({ content }) => content),
      );
    after = last.content;
  }
  return removed;
}

async function forgetLost(library: Library, texts: SweptTexts, signal: AbortSignal): Promise<number> {
  let forgotten = 0;
  for (let after = 0; !signal.aborted;) {
    const batch = contentsWithText(library.db, after, BATCH);
    const last = batch.at(-1);
    if (!last) break;
    const lost = new Set(await texts.lacking(library.id, batch));
    if (lost.size > 0)
      await library.write((tx) => {
        for (const { content, hash } of batch) if (lost.has(content)) removeSidecar(tx, { id: content, hash }, 'text');
        forgetSidecarPasses(tx);
      });
    forgotten += lost.size;
    after = last.content;
  }
  return forgotten;
}
