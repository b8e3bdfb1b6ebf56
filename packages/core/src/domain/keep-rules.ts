import { z } from 'zod';
import { locationSelector } from './location.ts';
import { isWithin } from './native-path.ts';
import { tagSelector } from './tag.ts';

/** What a file that stays is preferred for. Of several rules the first that tells two files apart decides. */
export const keepRuleSchema = z.union([
  z.strictObject({ location: locationSelector.describe('files in this location') }),
  z.strictObject({ within: z.string().min(1).max(32_768).describe('files below this folder') }),
  z.strictObject({ device: z.string().min(1).max(400).describe('files on this device, by name, slug or id') }),
  z.strictObject({ tag: tagSelector.describe('files with this tag of their own, or one below it') }),
  z.enum(['tagged', 'oldest', 'newest', 'shortest_path']),
]);
export type KeepRule = z.output<typeof keepRuleSchema>;

/** What takes the place of a file that goes. */
export const DEDUPE_WAYS = ['trash', 'hard_link', 'reflink'] as const;
export type DedupeWay = (typeof DEDUPE_WAYS)[number];

/** A rule in the terms of one library: ids, and native paths. */
export type ResolvedRule =
  | { readonly by: 'location'; readonly root: number }
  | { readonly by: 'within'; readonly path: string }
  | { readonly by: 'device'; readonly device: string }
  | { readonly by: 'tags'; readonly tags: readonly number[] | 'any' }
  | { readonly by: 'oldest' | 'newest' | 'shortest_path' };

/** What rules look at. */
export interface KeepCandidate {
  /** Entries: the names of the file. */
  readonly ids: readonly number[];
  /** Native paths, the shortest first. */
  readonly paths: readonly [string, ...string[]];
  /** Entries at the top of their locations. */
  readonly roots: ReadonlySet<number>;
  /** UUID. */
  readonly device: string;
  /** Microseconds since the epoch. */
  readonly mtime: number;
  /** Can be looked at now. */
  readonly isHere: boolean;
}

/** Answers for entries: which have a tag of their own. */
export type HasTag = (id: number, tags: readonly number[] | 'any') => boolean;

/** Below 0: the first is to stay, of two. After all rules: what is here, what is oldest, what has the shortest path. */
export function compareToKeep(
  one: KeepCandidate,
  other: KeepCandidate,
  rules: readonly ResolvedRule[],
  hasTag: HasTag,
): number {
  for (const rule of rules) {
    const difference = scoreOf(one, rule, hasTag) - scoreOf(other, rule, hasTag);
    if (difference !== 0) return difference;
  }
  return (
    Number(other.isHere) - Number(one.isHere) ||
    one.mtime - other.mtime ||
    one.paths[0].length - other.paths[0].length ||
    (one.ids[0] ?? 0) - (other.ids[0] ?? 0)
  );
}

/** The lower, the more it is to stay. */
function scoreOf(file: KeepCandidate, rule: ResolvedRule, hasTag: HasTag): number {
  switch (rule.by) {
    case 'location':
      return file.roots.has(rule.root) ? 0 : 1;
    case 'within':
      return file.paths.some((path) => isWithin(path, rule.path)) ? 0 : 1;
    case 'device':
      return file.device === rule.device ? 0 : 1;
    case 'tags':
      return file.ids.some((id) => hasTag(id, rule.tags)) ? 0 : 1;
    case 'oldest':
      return file.mtime;
    case 'newest':
      return -file.mtime;
    case 'shortest_path':
      return file.paths[0].length;
  }
}
