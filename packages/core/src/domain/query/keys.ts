import { nearest } from '../suggest.ts';
import { isForeign } from './foreign.ts';
import {
  CHOICE_KEYS,
  type ChoiceKey,
  NAMES_KEYS,
  NUMBER_KEYS,
  type NamesKey,
  type NumberKey,
  TIME_KEYS,
  type TimeKey,
} from './query.ts';

/** The words that may stand before a colon. `favorite` is short for `is:favorite`. */
export const KEYS = [
  ...CHOICE_KEYS,
  ...NAMES_KEYS,
  ...NUMBER_KEYS,
  ...TIME_KEYS,
  'dimensions',
  'place',
  'favorite',
] as const;
export type Key = (typeof KEYS)[number];

interface KeyFacts {
  readonly aliases: readonly string[];
  /** What may stand behind the colon, for people. */
  readonly expects: string;
}

export const KEY_FACTS: Readonly<Record<Key, KeyFacts>> = {
  type: { aliases: ['kind'], expects: 'a kind, like image, video or folder' },
  is: { aliases: [], expects: 'a state, like duplicate, empty or hidden' },
  name: { aliases: ['filename'], expects: 'a part of a name, or a whole one with * and ?' },
  ext: { aliases: ['extension'], expects: 'an extension, like pdf' },
  in: { aliases: ['path', 'within', 'folder'], expects: 'a folder, by path or name; or names, contents or all' },
  location: { aliases: ['loc'], expects: 'a location, by name, id or path' },
  tag: { aliases: ['tags'], expects: 'a tag' },
  collection: { aliases: ['collections'], expects: 'a collection' },
  camera: { aliases: ['cam'], expects: 'a camera, or a part of its name' },
  note: { aliases: ['notes'], expects: 'a word of a note' },
  device: { aliases: [], expects: 'a device, by name' },
  volume: { aliases: ['vol', 'disk', 'drive'], expects: 'a volume, by name' },
  content: { aliases: ['content_id'], expects: 'the id of a content' },
  size: { aliases: [], expects: 'a size, like 5mb, >5mb or 1mb..5mb' },
  rating: { aliases: ['stars'], expects: 'stars from 0 to 5, like 3 or >=3' },
  width: { aliases: [], expects: 'pixels, like 1920 or >4000' },
  height: { aliases: [], expects: 'pixels, like 1080 or >2000' },
  duration: { aliases: ['length'], expects: 'a length of time, like 90s, >10m or 1h..2h' },
  modified: { aliases: ['date', 'changed', 'mtime'], expects: 'a time, like 2024, 2024-05..2024-06, <7d or today' },
  taken: { aliases: ['shot'], expects: 'a time, like 2024, 2024-05..2024-06, <7d or today' },
  dimensions: { aliases: ['dim', 'resolution'], expects: 'width and height, like 1920x1080 or >=1920x1080' },
  place: { aliases: ['bbox'], expects: 'a box from south-west to north-east in degrees, like 48.1,11.4..48.3,11.7' },
  favorite: { aliases: ['favourite', 'fav'], expects: 'yes or no' },
};

const KEY_OF_WORD: ReadonlyMap<string, Key> = new Map(
  KEYS.flatMap((key) => [key, ...KEY_FACTS[key].aliases].map((word) => [word, key] as const)),
);
/** A shorter word is near too many. */
const SHORTEST_MISTAKE = 3;
const WORDS = [...KEY_OF_WORD.keys()].filter((word) => word.length > SHORTEST_MISTAKE);

/**
 * What a word before a colon means: a key, or one that was probably meant, as text (`behind`: something follows the colon
 * at once, which is when a mistake is plausible). `undefined`: it is a text like any other.
 */
export function keyOf(word: string, behind: boolean): Key | NoKey | undefined {
  const typed = word.toLowerCase();
  const key = KEY_OF_WORD.get(typed);
  if (key) return key;
  if (!behind || typed.length < SHORTEST_MISTAKE) return undefined;
  if (isForeign(typed)) return { meant: undefined };
  const near = nearest(typed, WORDS);
  const meant = near !== undefined && Math.abs(near.length - typed.length) <= 2 ? KEY_OF_WORD.get(near) : undefined;
  return meant && { meant };
}
/** A word that is a mistake. `meant`: for this key; `undefined`: for what another search has. */
interface NoKey {
  readonly meant: Key | undefined;
}

export function isNamesKey(key: Key): key is NamesKey {
  return (NAMES_KEYS as readonly string[]).includes(key);
}
export function isNumberKey(key: Key): key is NumberKey {
  return (NUMBER_KEYS as readonly string[]).includes(key);
}
export function isTimeKey(key: Key): key is TimeKey {
  return (TIME_KEYS as readonly string[]).includes(key);
}
export function isChoiceKey(key: Key): key is ChoiceKey {
  return (CHOICE_KEYS as readonly string[]).includes(key);
}
