import { KINDS } from '../kinds.ts';
import type { ChoiceKey } from './query.ts';

/** What entries can be, beside their kind. */
export const STATES = [
  'file',
  'folder',
  'symlink',
  'hidden',
  'duplicate',
  'empty',
  'favorite',
  'tagged',
  'rated',
  'noted',
  'located',
] as const;
export type State = (typeof STATES)[number];

/** Kinds, and two types of entries that are no kind. */
const TYPES = [...KINDS, 'file', 'symlink'] as const;

export const CHOICES: Readonly<Record<ChoiceKey, readonly string[]>> = { type: TYPES, is: STATES };

/** Other words for them. */
const ALIASES: Readonly<Record<ChoiceKey, Readonly<Record<string, string>>>> = {
  type: {
    photo: 'image',
    picture: 'image',
    movie: 'video',
    film: 'video',
    music: 'audio',
    sound: 'audio',
    doc: 'document',
    directory: 'folder',
    dir: 'folder',
    app: 'executable',
  },
  is: {
    directory: 'folder',
    dir: 'folder',
    link: 'symlink',
    dup: 'duplicate',
    favourite: 'favorite',
    fav: 'favorite',
    starred: 'favorite',
  },
};

/** The choice that a word names, in the singular or the plural. */
export function choiceOf(key: ChoiceKey, word: string): string | undefined {
  const typed = word.toLowerCase().replaceAll('-', '_');
  const singular = typed.endsWith('s') ? typed.slice(0, -1) : typed;
  for (const name of [typed, singular]) {
    if (CHOICES[key].includes(name)) return name;
    const alias = ALIASES[key][name];
    if (alias !== undefined && Object.hasOwn(ALIASES[key], name)) return alias;
  }
  return undefined;
}
