import { z } from 'zod';
import { TAG_LINKS, parentLink } from '../db/library/tag-links.ts';
import { resolveTag } from '../db/library/tag-names.ts';
import { type TagRow, labelOf, tagByUuid } from '../db/library/tags.ts';
import { findUserRow } from '../db/library/user-rows.ts';
import type { WriteTransaction } from '../db/write.ts';
import { tagDetailsSchema, tagSelector } from '../domain/tag.ts';
import type { Verification } from '../domain/plan.ts';
import { action } from '../operation.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { refuseSystem } from '../tagging/tag-rows.ts';
import { tagDetails } from '../tagging/tag-view.ts';

const input = z.object({ tag: tagSelector, parent: tagSelector });

interface TagParentAction<N extends string> {
  readonly summary: string;
  readonly name: N;
  /** For people: what is done, in the imperative and as it was done, with the labels of the two. */
  readonly words: {
    readonly step: string;
    plan(tag: string, parent: string): string;
    done(tag: string, parent: string): string;
    /** What comes of it where the parent is a privacy tag. */
    readonly privacy: string;
  };
  /** Whether the tag is right below the parent once it is done. */
  readonly below: boolean;
  /** Throws where it must not be done. */
  refuse?(db: ReadConnection, tag: number, parent: number): void;
  change(tx: WriteTransaction, tag: number, parent: number): void;
  /** `tag`: absent where it is gone. */
  look(db: ReadConnection, tag: TagRow | undefined, parent: TagRow): Verification;
}

/** A change of whether a tag is right below another. The two actions differ in which way it goes. */
export function tagParentAction<const N extends string>(declared: TagParentAction<N>) {
  const { summary, name, words, below, refuse, change, look } = declared;
  return action({
    summary,
    name,
    scope: 'library',
    input,
    output: z.object({ tag: tagDetailsSchema }),
    errors: ['NOT_FOUND', 'CONFLICT', 'DISK_FULL'],
    permissions: ['library.write'],

    preview({ library: { db } }, given) {
      const [tag, parent] = [resolveTag(db, given.tag), resolveTag(db, given.parent)];
      refuseSystem(tag);
      refuse?.(db, tag.id, parent.id);
      const [label, above] = [labelOf(tag), labelOf(parent)];
      const there = isRightBelow(db, tag, parent);
      return {
        plan: {
          summary: words.plan(label, above),
          steps: there === below ? [] : [{ what: words.step, target: label, detail: above }],
          conflicts: [],
          warnings: parent.kind === 'privacy' ? [words.privacy] : [],
        },
        basis: { tag: tag.id, parent: parent.id, there },
      };
    },

    commit({ library }, given) {
      return library.write((tx) => {
        const [tag, parent] = [resolveTag(tx, given.tag), resolveTag(tx, given.parent)];
        refuseSystem(tag);
        change(tx, tag.id, parent.id);
        const details = tagDetails(tx, tag);
        tx.summary(words.done(labelOf(tag), labelOf(parent)));
        tx.target(labelOf(tag));
        tx.emit({ resource: 'tag', change: 'updated', ids: [details.id] });
        return { tag: details };
      });
    },

    verify: ({ library: { db } }, given, { tag }) => look(db, tagByUuid(db, tag.id), resolveTag(db, given.parent)),
  });
}

export function isRightBelow(db: ReadConnection, tag: TagRow, parent: TagRow): boolean {
  return findUserRow(db, TAG_LINKS, parentLink(tag.id, parent.id)) !== undefined;
}
