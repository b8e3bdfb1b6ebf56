import { resolveTag, tagsMeant } from '../db/library/tag-names.ts';
import { type TagRow, labelOf } from '../db/library/tags.ts';
import { CONTENT_SCOPE } from '../db/library/target-key.ts';
import { uuidToText } from '../domain/ids.ts';
import type { On } from '../domain/targets.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { everywhere } from './applying.ts';
import { tagsAround } from './around.ts';
import { refuseSystem } from './tag-rows.ts';
import { type ResolvedTargets, type SaidTarget, saidTargets } from './target-list.ts';

export interface PlannedInput {
  readonly targets: ResolvedTargets;
  readonly on: On;
  readonly tags: readonly string[];
  /** What does not exist is made. */
  readonly create: boolean;
  /** Looks where the tags hold, and not where they would be said. */
  readonly taking: boolean;
}
export interface PlannedTags {
  readonly tags: readonly {
    readonly id: string | undefined;
    readonly name: string;
    /** Of the targets, how many have it. */
    readonly has: number;
  }[];
  readonly contents: number;
  readonly entries: number;
  /** How many of the entries are folders. */
  readonly folders: number;
}

/** What giving or taking tags would come to. Throws what that would throw. */
export function planTags(db: ReadConnection, { targets, on, tags, create, taking }: PlannedInput): PlannedTags {
  const said = taking && on === undefined ? everywhere(db, targets) : saidTargets(targets, on);
  const around = tagsAround(db, targets);
  const contents = said.filter(({ scope }) => scope === CONTENT_SCOPE).length;
  return {
    tags: tags.map((text) => {
      if (create && tagsMeant(db, text).length === 0) return { id: undefined, name: text, has: 0 };
      const tag = resolveTag(db, text, around);
      refuseSystem(tag);
      return { id: uuidToText(tag.uuid), name: labelOf(tag), has: having(db, tag, said) };
    }),
    contents,
    entries: said.length - contents,
    folders: targets.folders,
  };
}

function having(db: ReadConnection, tag: TagRow, said: readonly SaidTarget[]): number {
  const has = db.prepare('SELECT 1 FROM tag_applications WHERE tag_id = ? AND scope = ? AND target_id = ?');
  return said.filter(({ scope, id }) => has.get(tag.id, scope, id) !== undefined).length;
}
