import type { ReadConnection } from '../../ports/sqlite.ts';
import type { Members, Named, Predicate } from './predicate.ts';
import { type FoundIds, askedBefore, factsOf } from './row-facts.ts';

/** Contents whose entries are looked up in one statement. */
const CONTENTS_AT_ONCE = 8192;

/** The entries and contents that a filter names and that may pass. */
export interface Shortlist {
  readonly entries: ArrayLike<number>;
  readonly contents: readonly number[];
  /** Entries there are, about: most contents are in one place. */
  readonly most: number;
}

/** What is left of what `members` name when all of them are asked; `undefined` where they name nothing. */
export function shortlistOf(members: Members): Shortlist | undefined {
  const { named } = members;
  if (!named) return undefined;
  const { entries, contents } = named;
  const left: number[] = [];
  for (let at = 0; at < contents.length; at++) {
    const content = contents[at] ?? 0;
    if (members.mayHave(content)) left.push(content);
  }
  return { entries, contents: left, most: entries.length + left.length };
}

/** With fewer left the rows are looked up one by one; a filter that names more is not remembered with the rows of all. */
const FEW_LEFT = 500;
const MOST_REMEMBERED = 50_000;
/** 8 MB, and to make them takes twice as long as a scan: only where the same is asked again. */
const MOST_REMEMBERED_LATER = 250_000;

/** What of a filter is told by ids, and what by rows. */
export interface ToldApart extends Pick<Predicate, 'row'> {
  readonly members: Members;
}

/**
 * The entries of a shortlist that may pass. Where it is long, the rows of all that the filter names are remembered, and
 * what these rule out is left out: the next search with it looks few rows up.
 */
export function idsThatMayPass(
  db: ReadConnection,
  shortlist: Shortlist,
  { members, row }: ToldApart,
  check: () => void,
): FoundIds {
  const { named } = members;
  return !named || !row || shortlist.most < FEW_LEFT || named.most > MOST_REMEMBERED
    ? { ids: idsOfShortlist(db, shortlist, members, check) }
    : rowsThatMayPass(db, named, { members, row }, check);
}

/** Whether the rows of so many are worth being remembered, to sort them. With fewer they are anyway, or need not be. */
export function isWorthRemembering(db: ReadConnection, { most, key }: Named): boolean {
  return most > MOST_REMEMBERED && most <= MOST_REMEMBERED_LATER && askedBefore(db, key);
}

/** What may pass of all that a filter names, by remembered rows. */
export function rowsThatMayPass(
  db: ReadConnection,
  named: Named,
  { members, row }: ToldApart,
  check: () => void,
): FoundIds {
  const facts = factsOf(db, named.key, () => idsOfShortlist(db, wholeOf(named), EVERY, check), check);
  return facts.where((id, content, seen) => members.has(id, content) && (row?.meets(seen) ?? true));
}

function wholeOf({ entries, contents, most }: Named): Shortlist {
  return { entries, contents: Array.from(contents), most };
}
const EVERY: Members = { has: () => true, mayHave: () => true, exact: false };

/** The entries of a shortlist that may pass, ascending. Throws where `check` does. */
function idsOfShortlist(
  db: ReadConnection,
  { entries, contents }: Shortlist,
  members: Members,
  check: () => void,
): Float64Array {
  // Whether these pass by their content as well is seen when they are looked at.
  const found = Array.from(entries);
  const places = db.prepare<{ contents: string; entries: string }>(
    `SELECT json_group_array(e.content_id) AS contents, json_group_array(e.id) AS entries
     FROM json_each(?) l CROSS JOIN entries e INDEXED BY entries_by_content ON e.content_id = l.value`,
  );
  for (let at = 0; at < contents.length; at += CONTENTS_AT_ONCE) {
    check();
    const row = places.get(`[${contents.slice(at, at + CONTENTS_AT_ONCE).join(',')}]`);
    const ids = JSON.parse(row?.entries ?? '[]') as number[];
    const of = JSON.parse(row?.contents ?? '[]') as number[];
    for (const [place, id] of ids.entries()) if (members.has(id, of[place] ?? null)) found.push(id);
  }
  const sorted = Float64Array.from(found).sort();
  return entries.length === 0 ? sorted : withoutDoubles(sorted);
}

function withoutDoubles(sorted: Float64Array): Float64Array {
  let length = 0;
  for (const id of sorted) if (length === 0 || sorted[length - 1] !== id) sorted[length++] = id;
  return sorted.subarray(0, length);
}
