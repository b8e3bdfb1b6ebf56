import { TAG_COLUMNS, type TagRow, aliasesOf } from '../db/library/tags.ts';
import { privateTags } from '../db/library/tagged-entries.ts';
import { fold } from '../domain/fold.ts';
import { nameOfStored } from '../domain/entry.ts';
import { showNative } from '../domain/native-path.ts';
import { foldedWords } from '../domain/words.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { tagsAround } from './around.ts';
import type { ResolvedTargets } from './target-list.ts';

/** Why a tag is suggested: beside tags that the targets have, on files in the same folder, or by the targets' names. */
export const SUGGESTION_REASONS = ['together', 'folder', 'name', 'text'] as const;
export type SuggestionReason = (typeof SUGGESTION_REASONS)[number];

export interface Suggestion {
  readonly tag: TagRow;
  /** 0 to 1, to be compared within one answer. */
  readonly score: number;
  readonly reasons: readonly SuggestionReason[];
}

/** Targets and neighbours that are looked at. */
const LOOKED_AT = 200;
const NEIGHBOURS = 2_000;
const WEIGHTS: Readonly<Record<SuggestionReason, number>> = { together: 0.4, folder: 0.3, name: 0.5, text: 1 };

export interface SuggestLimits {
  /** At most so many suggestions. */
  readonly limit: number;
  /** Entries that are not to be learnt from, and so no tags that make private; `undefined` looks at all. */
  readonly isPrivate: ((entry: number) => boolean) | undefined;
}

/**
 * Tags that the targets may want, the likeliest first: those that go together with the tags they have, those of files
 * in the same folder, those whose names are in the names of the targets and their folders. `text` is what was typed of
 * one so far: only tags with a name that begins with it, or has a word that does.
 */
export function suggestTags(
  db: ReadConnection,
  targets: ResolvedTargets | undefined,
  text: string | undefined,
  { limit, isPrivate }: SuggestLimits,
): Suggestion[] {
  const scores = new Map<number, Map<SuggestionReason, number>>();
  const add = (reason: SuggestionReason, shares: ReadonlyMap<number, number>): void => {
    for (const [tag, share] of shares) {
      const of = scores.get(tag) ?? new Map<SuggestionReason, number>();
      scores.set(tag, of.set(reason, share));
    }
  };
  const has = targets ? tagsAround(db, targets) : new Set<number>();
  const tags = db.prepare<TagRow>(`SELECT ${TAG_COLUMNS} FROM tags t WHERE t.kind <> 'system'`).all();
  if (targets) {
    const few = { entries: targets.entries.slice(0, LOOKED_AT), contents: targets.contents.slice(0, LOOKED_AT) };
    const unsaid = new Set(isPrivate ? privateTags(db) : []);
    add('together', new Map([...togetherWith(db, has)].filter(([tag]) => !unsaid.has(tag))));
    add('folder', inSameFolders(db, few.entries, isPrivate));
    add('name', namedAfter(tags, wordsOf(db, few.entries)));
  }
  if (text !== undefined) add('text', typed(tags, fold(text.trim())));
  return tags
    .flatMap((tag): Suggestion[] => {
      const reasons = scores.get(tag.id);
      if (!reasons || has.has(tag.id) || (text !== undefined && !reasons.has('text'))) return [];
      let score = 0;
      for (const [reason, share] of reasons) score += WEIGHTS[reason] * share;
      return [{ tag, score: Math.min(1, score), reasons: SUGGESTION_REASONS.filter((reason) => reasons.has(reason)) }];
    })
    .sort((a, b) => b.score - a.score || (a.tag.folded < b.tag.folded ? -1 : 1))
    .slice(0, limit);
}

/** Of what has one of these tags, the share that has each other tag too. */
function togetherWith(db: ReadConnection, tags: ReadonlySet<number>): Map<number, number> {
  if (tags.size === 0) return new Map();
  const rows = db
    .prepare<{ id: number; n: number }>(
      `WITH near AS (SELECT DISTINCT scope, target_id FROM tag_applications WHERE tag_id IN (SELECT value FROM json_each(?)) LIMIT ${NEIGHBOURS})
       SELECT a.tag_id AS id, count(*) AS n FROM near CROSS JOIN tag_applications a ON a.scope = near.scope AND a.target_id = near.target_id
       GROUP BY a.tag_id`,
    )
    .all(JSON.stringify([...tags]));
  return sharesOf(rows, Math.max(...rows.map(({ n }) => n), 1));
}

/** Of the tagged files in the targets' folders, the share that has each tag. */
function inSameFolders(
  db: ReadConnection,
  entries: readonly number[],
  isPrivate: SuggestLimits['isPrivate'],
): Map<number, number> {
  const near = db
    .prepare<{ id: number }>(
      `WITH folders AS (SELECT DISTINCT e.parent_id AS id FROM json_each(?) w CROSS JOIN entries e ON e.id = w.value WHERE e.parent_id IS NOT NULL)
       SELECT e.id FROM folders f CROSS JOIN entries e ON e.parent_id = f.id LIMIT ${NEIGHBOURS}`,
    )
    .all(JSON.stringify(entries))
    .flatMap(({ id }) => (isPrivate?.(id) ? [] : [id]));
  const rows = db
    .prepare<{ id: number; n: number }>(
      `WITH near AS (SELECT e.id, e.content_id FROM json_each(?) w CROSS JOIN entries e ON e.id = w.value),
         has AS (SELECT near.id AS entry, a.tag_id FROM near CROSS JOIN tag_applications a ON a.scope = 0 AND a.target_id = near.id
           UNION SELECT near.id, a.tag_id FROM near CROSS JOIN tag_applications a ON a.scope = 1 AND a.target_id = near.content_id)
       SELECT tag_id AS id, count(*) AS n FROM has GROUP BY tag_id`,
    )
    .all(JSON.stringify(near));
  return sharesOf(rows, Math.max(...rows.map(({ n }) => n), 1));
}

/** The words in the names of entries and of the folders they lie in. */
function wordsOf(db: ReadConnection, entries: readonly number[]): string {
  const rows = db
    .prepare<{ name: string | Uint8Array; folder: string | Uint8Array | null }>(
      `SELECT e.name, p.name AS folder FROM json_each(?) w CROSS JOIN entries e ON e.id = w.value LEFT JOIN entries p ON p.id = e.parent_id`,
    )
    .all(JSON.stringify(entries));
  const names = new Set(rows.flatMap(({ name, folder }) => (folder === null ? [name] : [name, folder])));
  return ` ${foldedWords([...names].map((name) => showNative(nameOfStored(name))).join(' '))} `;
}

function namedAfter(tags: readonly TagRow[], words: string): Map<number, number> {
  const named = tags.filter((tag) =>
    [tag.name, ...aliasesOf(tag)].some((name) => name.length > 1 && words.includes(` ${foldedWords(name)} `)),
  );
  return new Map(named.map(({ id }) => [id, 1]));
}

function typed(tags: readonly TagRow[], text: string): Map<number, number> {
  const found = new Map<number, number>();
  for (const tag of tags) {
    const names = [tag.name, ...aliasesOf(tag), tag.abbreviation ?? ''].map(fold);
    if (names.some((name) => name.startsWith(text))) found.set(tag.id, 1);
    else if (names.some((name) => name.includes(` ${text}`))) found.set(tag.id, 0.6);
  }
  return found;
}

function sharesOf(rows: readonly { id: number; n: number }[], all: number): Map<number, number> {
  return new Map(rows.map(({ id, n }) => [id, n / all]));
}
