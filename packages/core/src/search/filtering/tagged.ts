import { privateTags } from '../../db/library/tagged-entries.ts';
import { tagWithDescendants } from '../../db/library/tag-links.ts';
import { tagsMeant } from '../../db/library/tag-names.ts';
import type { NamedValue } from '../../domain/query/query.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { notThere } from './around.ts';
import { IdSet } from './id-set.ts';
import { remembered } from './memory.ts';
import type { Predicate } from './predicate.ts';
import { type Targets, bytesOf, byMembers, contentsBefore, idsFrom, membersOf } from './target-set.ts';

/** One of the tags, or of those below them. Throws `NOT_FOUND` where there is none of that name. */
export function byTags(db: ReadConnection, values: readonly NamedValue[]): Predicate {
  return withTags(db, idsOfTags(db, values));
}

/** The tags that are meant, with those below them unless one is meant alone. A name that several have means them all. */
export function idsOfTags(db: ReadConnection, values: readonly NamedValue[]): number[] {
  const ids = values.flatMap((value) => {
    const tags = tagsMeant(db, value.text);
    if (tags.length === 0) throw notThere('tag', value.text, value.at, tagNames(db));
    return tags.flatMap(({ id }) => (value.alone ? [id] : tagWithDescendants(db, id)));
  });
  return [...new Set(ids)].sort((a, b) => a - b);
}

export function withTags(db: ReadConnection, tags: readonly number[]): Predicate {
  return byMembers(membersOf(targetsOfTags(db, tags), contentsBefore(db)));
}

/** What has any tag at all. */
export function isTagged(db: ReadConnection): Predicate {
  return byMembers(membersOf(targetsOfTags(db, undefined), contentsBefore(db)));
}

function targetsOfTags(db: ReadConnection, tags: readonly number[] | undefined): Targets {
  const key = ['tags', tags];
  return remembered(db, key, ['tag_applications'], () => {
    const sql = `SELECT target_id AS id FROM tag_applications WHERE ${
      tags ? 'tag_id IN (SELECT value FROM json_each(?))' : 'true'
    } AND scope = `;
    const values = tags ? [JSON.stringify(tags)] : [];
    const value = {
      key,
      entries: new IdSet(idsFrom(db, `${sql}0`, ...values)),
      contents: new IdSet(idsFrom(db, `${sql}1`, ...values)),
    };
    return { value, bytes: bytesOf(value) };
  });
}

/** The tags whose files are left out, but for those that are asked for. */
export function privateTagsBut(db: ReadConnection, asked: ReadonlySet<number>): number[] {
  const all = remembered(db, ['private tags'], ['tags', 'tag_links'], () => {
    const value = privateTags(db);
    return { value, bytes: value.length * 16 };
  });
  return all.filter((id) => !asked.has(id));
}

const NAMES_LOOKED_AT = 2000;

function tagNames(db: ReadConnection): string[] {
  const tags = db.prepare<{ name: string }>("SELECT name FROM tags WHERE kind <> 'privacy' ORDER BY id DESC LIMIT ?");
  return tags.all(NAMES_LOOKED_AT).map(({ name }) => name);
}
