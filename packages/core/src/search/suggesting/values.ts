import { listCollections } from '../../db/library/collections.ts';
import { listLocations } from '../../db/library/locations.ts';
import { labelOf } from '../../db/library/tags.ts';
import { FOLDER, nameOfStored } from '../../domain/entry.ts';
import { fold } from '../../domain/fold.ts';
import { knownExtensions } from '../../domain/kinds.ts';
import { CHOICES } from '../../domain/query/choices.ts';
import type { Key } from '../../domain/query/keys.ts';
import { NAMED_PERIODS, WHERES } from '../../domain/query/query.ts';
import { noneOf } from '../filtering/combine.ts';
import { isPrivate } from '../filtering/hidden.ts';
import { camerasOf } from '../filtering/media.ts';
import { Prepared } from '../finding/prepared.ts';
import { PREFIX, parseText } from '../finding/search-text.ts';
import type { SearchWorld } from '../finding/world.ts';

/** A value that could follow a key. `name`: it stands in quotes where it needs them. */
export interface SuggestedValue {
  readonly text: string;
  readonly about?: string;
  readonly name: boolean;
}

/** Rows looked at for one key. */
const MOST_ROWS = 5000;
const FOLDERS_LOOKED_AT = 2000;

export interface Typing {
  readonly world: SearchWorld;
  readonly typed: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Also names of private folders. */
  readonly private: boolean;
}

/** Values of a key that fit what was typed, best first: beginnings, beginnings of words, and (`anywhere`) other places. */
export function valuesOf(typing: Typing, key: Key, limit: number, anywhere = true): SuggestedValue[] {
  const { typed } = typing;
  const wanted = fold(typed);
  const fitting = candidatesOf(typing, key)
    .map((value) => ({ value, rank: rankOf(fold(value.text), wanted) }))
    .filter(({ rank }) => rank >= 0 && (anywhere || rank < 2));
  return fitting
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ value }) => value);
}

function rankOf(text: string, typed: string): number {
  if (text.startsWith(typed)) return 0;
  const at = text.indexOf(typed);
  return at < 0 ? -1 : /[\s/_.-]/.test(text.charAt(at - 1)) ? 1 : 2;
}

function candidatesOf(typing: Typing, key: Key): SuggestedValue[] {
  const { world, now } = typing;
  const { db } = world;
  const rows = (sql: string): string[] =>
    db
      .prepare<{ name: string }>(`${sql} LIMIT ?`)
      .all(MOST_ROWS)
      .map(({ name }) => name);
  switch (key) {
    case 'type':
    case 'is':
      return words(CHOICES[key]);
    case 'favorite':
      return words(['yes', 'no']);
    case 'ext':
      return words(knownExtensions());
    case 'tag':
      return db
        .prepare<{ name: string; namespace: string; n: number }>(
          `SELECT t.name, t.namespace, (SELECT count(*) FROM (SELECT 1 FROM tag_applications a WHERE a.tag_id = t.id LIMIT 1000)) AS n
           FROM (SELECT * FROM tags ORDER BY id DESC LIMIT ?) t ORDER BY n DESC`,
        )
        .all(MOST_TAGS)
        .map((tag) => ({ text: labelOf(tag), name: true, about: `${tag.n >= 1000 ? '1000+' : tag.n} times` }));
    case 'collection':
      return listCollections(db).map(({ name, query }) => ({
        text: name,
        name: true,
        ...(query === null ? {} : { about: query }),
      }));
    case 'location':
      return listLocations(db).map(({ name, path }) => ({ text: name, name: true, about: nameOfStored(path) }));
    case 'camera':
      return names(camerasOf(db));
    case 'device':
      return names(rows('SELECT slug AS name FROM devices'));
    case 'volume':
      return names(rows('SELECT DISTINCT name FROM volumes'));
    case 'in':
      return [...words(WHERES), ...names(folders(typing))];
    case 'modified':
    case 'taken':
      return words([...NAMED_PERIODS, '<7d', '<30d', ...years(now)]);
    case 'size':
      return words(['>1mb', '>10mb', '>100mb', '>1gb', '<100kb', '1mb..10mb']);
    case 'rating':
      return words(['>=3', '>=4', '5', '4', '3', '2', '1', '0']);
    case 'duration':
      return words(['<1m', '>1m', '>10m', '>1h', '1h..2h']);
    case 'width':
    case 'height':
      return words(['>1000', '>2000', '>4000']);
    case 'dimensions':
      return words(['>=1920x1080', '>=3840x2160', '1920x1080']);
    case 'content':
    case 'name':
    case 'note':
    case 'place':
      return [];
  }
}

const MOST_TAGS = 2000;

function words(all: readonly string[]): SuggestedValue[] {
  return all.map((text) => ({ text, name: false }));
}
function names(all: readonly string[]): SuggestedValue[] {
  return all.map((text) => ({ text, name: true }));
}

function years(now: number): string[] {
  const year = new Date(now).getFullYear();
  return Array.from({ length: 30 }, (_, back) => String(year - back));
}

/** Names of folders that begin so; of the first that are found. */
function folders({ world, typed, private: alsoPrivate }: Typing): string[] {
  if (typed === '') return [];
  const left = alsoPrivate ? undefined : isPrivate(world.db, new Set());
  const found = new Prepared(world, {
    text: parseText(typed),
    filter: { types: [FOLDER], hidden: false, where: left && noneOf(left) },
  });
  const all = new Set<string>();
  let seen = 0;
  for (const { name, tier } of found.all()) {
    if (tier <= PREFIX) all.add(name);
    if (++seen === FOLDERS_LOOKED_AT) break;
  }
  return [...all].filter((name) => name.isWellFormed()).sort((a, b) => a.length - b.length);
}
