import { textOf } from '../../db/texts/texts.ts';
import { isDamage } from '../../db/derived-file.ts';
import type { Hit } from '../finding/matcher.ts';
import type { ContentsWorld } from './contents-search.ts';
import type { ContentsQuery } from './contents-query.ts';
import { type Snippet, snippetOf } from './snippet.ts';

/**
 * Snippets of hits, by their ids. `sure`: all of them were found by what they hold; else those get one whose text has
 * every term.
 */
export async function snippetsOf(
  world: ContentsWorld,
  hits: readonly Hit[],
  query: ContentsQuery,
  sure: boolean,
): Promise<Map<number, Snippet>> {
  const snippets = new Map<number, Snippet>();
  if (query.terms.length === 0 || !world.texts?.current()) return snippets;
  try {
    const ofContent = new Map<number, Snippet | undefined>();
    for (const { id, content } of withText(world, hits)) {
      world.check();
      if (!ofContent.has(content)) {
        const text = await textOf(world.db, 'texts', content);
        ofContent.set(content, text === undefined ? undefined : snippetOf(text, query, !sure));
      }
      const snippet = ofContent.get(content);
      if (snippet) snippets.set(id, snippet);
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    world.texts.distrust();
  }
  return snippets;
}

function withText({ db }: ContentsWorld, hits: readonly Hit[]): { id: number; content: number }[] {
  return db
    .prepare<{ id: number; content: number }>(
      `SELECT e.id, t.content_id AS content FROM json_each(?) hit CROSS JOIN entries e ON e.id = hit.value
       CROSS JOIN contents c ON c.id = e.content_id CROSS JOIN texts.texts t ON t.content_id = c.id AND t.hash = c.hash`,
    )
    .all(JSON.stringify(hits.map(({ id }) => id)));
}
