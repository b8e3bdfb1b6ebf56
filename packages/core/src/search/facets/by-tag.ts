import { tagAncestors } from '../../db/library/tag-links.ts';
import { named, tagsMeant } from '../../db/library/tag-names.ts';
import { labelOf, tagById } from '../../db/library/tags.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { contentsBefore } from '../filtering/target-set.ts';
import type { Gathered } from './gathered.ts';

/** How many hits have each tag, or one below it, as `tag:` finds them. */
export function countTags(
  db: ReadConnection,
  { hits, contents }: Gathered,
  check: () => void,
): { label: string; name: string; count: number }[] {
  const above = ancestry(db);
  const before = contentsBefore(db);
  const old = new Set(before.values());
  const entries = new Set(hasAny(db, 0) ? hits.map(({ id }) => id) : []);
  const byContent = tagsOf(db, 1, (content) => contents.has(content) || old.has(content), check);
  const byEntry = tagsOf(db, 0, (id) => entries.has(id), check);
  const counts = new Map<number, number>();
  const add = (tags: Iterable<number>, count: number): void => {
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + count);
  };
  for (const [content, count] of contents) add(above(byContent.get(content) ?? []), count);
  if (byEntry.size > 0 || before.size > 0) {
    for (const { id, content } of hits) {
      const own = [...(byEntry.get(id) ?? []), ...(byContent.get(before.get(id) ?? 0) ?? [])];
      if (own.length === 0) continue;
      // What its content has was counted with that.
      const counted = above((content === null ? undefined : byContent.get(content)) ?? []);
      add(
        [...above(own)].filter((tag) => !counted.has(tag)),
        1,
      );
    }
  }
  return [...counts].flatMap(([id, count]) => {
    const tag = tagById(db, id);
    if (!tag) return [];
    // Its name alone, where that means no other tag.
    const name = tagsMeant(db, tag.name).length === 1 ? tag.name : named(tag);
    return [{ label: labelOf(tag), name, count }];
  });
}

function hasAny(db: ReadConnection, scope: number): boolean {
  return db.prepare('SELECT 1 FROM tag_applications WHERE scope = ? LIMIT 1').get(scope) !== undefined;
}

/** The tags of those targets that are `wanted`. */
function tagsOf(
  db: ReadConnection,
  scope: number,
  wanted: (target: number) => boolean,
  check: () => void,
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const groups = db.prepare<{ tag: number; targets: string }>(
    'SELECT tag_id AS tag, json_group_array(target_id) AS targets FROM tag_applications WHERE scope = ? GROUP BY tag_id',
  );
  for (const { tag, targets } of groups.iterate(scope)) {
    check();
    for (const target of JSON.parse(targets) as number[]) {
      if (!wanted(target)) continue;
      const tags = found.get(target);
      if (tags) tags.push(tag);
      else found.set(target, [tag]);
    }
  }
  return found;
}

/** The tags and all above them; asked once for each tag. */
function ancestry(db: ReadConnection): (tags: readonly number[]) => ReadonlySet<number> {
  const known = new Map<number, readonly number[]>();
  const of = (tag: number): readonly number[] => {
    const all = known.get(tag) ?? [tag, ...tagAncestors(db, tag)];
    known.set(tag, all);
    return all;
  };
  return (tags) => new Set(tags.flatMap(of));
}
