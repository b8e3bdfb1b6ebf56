import { z } from 'zod';
import { applicationCounts } from '../../db/library/tag-applications.ts';
import { TAG_COLUMNS, type TagRow, aliasesOf, tagView } from '../../db/library/tags.ts';
import { fold } from '../../domain/fold.ts';
import { tagViewSchema } from '../../domain/tag.ts';
import { query } from '../../operation.ts';

export const searchTags = query({
  summary: 'Tags by a part of their name, an alias, the abbreviation, the namespace or the description; names first.',
  name: 'tags.search',
  scope: 'library',
  thread: 'reader',
  input: z.object({ text: z.string().min(1).max(400), limit: z.int().min(1).max(200).default(50) }),
  output: z.object({ tags: z.array(tagViewSchema) }),
  errors: [],
  permissions: ['library.read'],

  run({ library: { db } }, { text, limit }) {
    const wanted = fold(text.trim());
    const counts = applicationCounts(db);
    const found: { tag: TagRow; rank: number }[] = [];
    for (const tag of db.prepare<TagRow>(`SELECT ${TAG_COLUMNS} FROM tags t`).iterate()) {
      const rank = rankOf(tag, wanted);
      if (rank > 0) found.push({ tag, rank });
    }
    const used = ({ id }: TagRow): number => counts.get(id) ?? 0;
    found.sort((a, b) => b.rank - a.rank || used(b.tag) - used(a.tag) || a.tag.id - b.tag.id);
    return { tags: found.slice(0, limit).map(({ tag }) => tagView(tag, used(tag))) };
  },
});

/** How well a tag fits; 0: not at all. */
function rankOf(tag: TagRow, wanted: string): number {
  if (tag.folded === wanted) return 7;
  const others = [...aliasesOf(tag), tag.abbreviation ?? ''].map(fold);
  if (others.includes(wanted)) return 6;
  if (tag.folded.startsWith(wanted)) return 5;
  if (tag.folded.includes(wanted)) return 4;
  if (others.some((other) => other.includes(wanted))) return 3;
  if (fold(`${tag.namespace}/${tag.name}`).includes(wanted)) return 2;
  return fold(tag.description ?? '').includes(wanted) ? 1 : 0;
}
