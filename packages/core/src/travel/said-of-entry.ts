import { metadataOfEntry } from '../db/library/effective-metadata.ts';
import { tagsOfEntry } from '../db/library/effective-tags.ts';
import { parentsOf } from '../db/library/tag-links.ts';
import { type TagRow, tagByUuid } from '../db/library/tags.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { TravelFacts } from './facts.ts';

/** Deeper than any graph of tags that people make. */
const DEEPEST = 50;

/** What would travel with an entry. `without`: ids of tags that stay at home, as private ones do. */
export function saidOfEntry(db: ReadConnection, entry: number, without: ReadonlySet<number>): TravelFacts {
  const tags = tagsOfEntry(db, entry)
    .flatMap(({ id }) => tagByUuid(db, id) ?? [])
    .filter(({ id, kind }) => kind !== 'system' && !without.has(id));
  const { rating, note, said_of } = metadataOfEntry(db, entry);
  return {
    tags: [...new Set(tags.map(({ name }) => name))],
    paths: tags.map((tag) => pathOf(db, tag, without)),
    ...(said_of['rating'] ? { rating } : {}),
    ...(note === undefined ? {} : { note }),
  };
}

/** The names above a tag, by the first parent of each, and its own. */
function pathOf(db: ReadConnection, tag: TagRow, without: ReadonlySet<number>): string[] {
  const names = [tag.name];
  const seen = new Set([tag.id]);
  let at: TagRow | undefined = tag;
  while (at && names.length < DEEPEST) {
    at = parentsOf(db, at.id).find(({ id }) => !seen.has(id) && !without.has(id));
    if (!at) break;
    seen.add(at.id);
    names.unshift(at.name);
  }
  return names;
}
