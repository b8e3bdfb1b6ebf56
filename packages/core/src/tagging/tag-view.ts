import { uuidToText } from '../domain/ids.ts';
import { countApplications } from '../db/library/tag-applications.ts';
import { childrenOfTag, parentsOf, relationsOf } from '../db/library/tag-links.ts';
import { type TagRow, tagRef, tagView } from '../db/library/tags.ts';
import type { TagDetails } from '../domain/tag.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

export function tagDetails(db: ReadConnection, tag: TagRow): TagDetails {
  return {
    ...tagView(tag, countApplications(db, tag.id)),
    parents: parentsOf(db, tag.id).map(tagRef),
    children: childrenOfTag(db, tag.id).map(tagRef),
    related: relationsOf(db, tag.id, 'related').map(tagRef),
    synonyms: relationsOf(db, tag.id, 'synonym').map(tagRef),
  };
}

/** What a plan about a tag was made from. */
export function tagBasis(db: ReadConnection, tag: TagRow): Record<string, unknown> {
  const { applied: _applied, ...details } = tagDetails(db, tag);
  return { id: uuidToText(tag.uuid), tag: details };
}
