import { textOf } from '../../db/texts/texts.ts';
import { isDamage } from '../../db/texts/open.ts';
import type { Hit } from '../finding/matcher.ts';
import type { ContentsWorld } from './contents-search.ts';
import { type ContentsQuery, expressionOf } from './contents-query.ts';
import { type Snippet, snippetOf } from './snippet.ts';

/** Snippets of those hits whose content matches, by the hits' ids. */
export async function snippetsOf(
  world: ContentsWorld,
  hits: readonly Hit[],
  query: ContentsQuery,
): Promise<Map<number, Snippet>> {
  const expression = expressionOf(query);
  const snippets = new Map<number, Snippet>();
  if (expression === undefined || !world.texts?.current()) return snippets;
  try {
    const ofContent = new Map<number, Snippet | undefined>();
    for (const { id, content } of matching(world, hits, expression)) {
      world.check();
      if (!ofContent.has(content)) {
        const text = await textOf(world.db, 'texts', content);
        ofContent.set(content, text === undefined ? undefined : snippetOf(text, query));
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

function matching({ db }: ContentsWorld, hits: readonly Hit[], expression: string): { id: number; content: number }[] {
  return db
    .prepare<{ id: number; content: number }>(
      `SELECT e.id, t.content_id AS content FROM json_each(?) hit CROSS JOIN entries e ON e.id = hit.value
       CROSS JOIN contents c ON c.id = e.content_id CROSS JOIN texts.texts t ON t.content_id = c.id AND t.hash = c.hash
       CROSS JOIN texts.words w ON w.rowid = t.content_id WHERE w.words MATCH ?`,
    )
    .all(JSON.stringify(hits.map(({ id }) => id)), expression);
}
