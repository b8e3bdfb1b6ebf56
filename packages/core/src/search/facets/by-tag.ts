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
  const counts = new Map<number, number>();
  const add = (tags: Iterable<number>, count: number): void => {
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + count);
  };
  const ofContents = applications(db, 1, check);
  ofContents.each((tags, content) => {
    const count = contents.get(content);
    if (count > 0) add(above(tags), count);
  });
  const ofEntries = applications(db, 0, check);
  if (ofEntries.size > 0 || before.size > 0) {
    for (const { id, content } of hits) {
      const own = [...ofEntries.of(id), ...ofContents.of(before.get(id) ?? 0)];
      if (own.length === 0) continue;
      // What its content has was counted with that.
      const counted = above(content === null ? [] : ofContents.of(content));
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

/** Who has which tags, by ascending target. */
class Applications {
  readonly #targets: Float64Array;
  readonly #tags: readonly number[];

  constructor(targets: readonly number[], tags: readonly number[]) {
    this.#targets = Float64Array.from(targets);
    this.#tags = tags;
  }

  get size(): number {
    return this.#targets.length;
  }
  each(take: (tags: readonly number[], target: number) => void): void {
    for (let at = 0, end = 0; at < this.#targets.length; at = end) {
      end = this.#endOf(at);
      take(this.#tags.slice(at, end), this.#targets[at] ?? 0);
    }
  }
  of(target: number): readonly number[] {
    let [low, high] = [0, this.#targets.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#targets[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    return this.#targets[low] === target ? this.#tags.slice(low, this.#endOf(low)) : [];
  }
  #endOf(at: number): number {
    let end = at + 1;
    while (end < this.#targets.length && this.#targets[end] === this.#targets[at]) end++;
    return end;
  }
}

function applications(db: ReadConnection, scope: number, check: () => void): Applications {
  check();
  const row = db
    .prepare<{ targets: string; tags: string }>(
      `SELECT json_group_array(target_id) AS targets, json_group_array(tag_id) AS tags FROM (
         SELECT target_id, tag_id FROM tag_applications INDEXED BY tag_applications_by_target WHERE scope = ? ORDER BY target_id
       )`,
    )
    .get(scope);
  return new Applications(listed(row?.targets), listed(row?.tags));
}
function listed(json: string | undefined): number[] {
  return JSON.parse(json ?? '[]') as number[];
}

/** The tags and all above them; asked once for each tag. */
function ancestry(db: ReadConnection): (tags: readonly number[]) => ReadonlySet<number> {
  const known = new Map<number, ReadonlySet<number>>();
  const of = (tag: number): ReadonlySet<number> => {
    const all = known.get(tag) ?? new Set([tag, ...tagAncestors(db, tag)]);
    known.set(tag, all);
    return all;
  };
  // Most have one.
  return (tags) => (tags.length === 1 ? of(tags[0] ?? 0) : new Set(tags.flatMap((tag) => [...of(tag)])));
}
