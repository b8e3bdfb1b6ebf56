import { KEYS, KEY_FACTS, type Key } from '../../domain/query/keys.ts';
import { asName } from '../../domain/query/print.ts';
import type { SearchWorld } from '../finding/world.ts';
import { placeOfCursor } from './place.ts';
import { valuesOf } from './values.ts';

export interface Suggestions {
  /** The part of the text that a suggestion takes the place of. */
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
}
export interface Suggestion {
  readonly text: string;
  readonly kind: 'key' | 'value';
  readonly about?: string;
}

/** Keys whose values come to mind before the key does. */
const BARE_VALUES: readonly Key[] = ['tag', 'type', 'collection'];

/** How a search that is being typed could go on at the cursor. */
export function suggest(
  world: SearchWorld,
  { limit, ...asked }: { text: string; cursor: number; now: number; private: boolean; limit: number },
): Suggestions {
  const { cursor, now } = asked;
  const place = placeOfCursor(asked.text, cursor);
  const { typed, from } = place;
  const typing = { world, typed, now, private: asked.private };
  if (place.of === 'value') return { from, to: cursor, suggestions: named(valuesOf(typing, place.key, limit), '') };
  const keys = KEYS.filter((key) => key.startsWith(typed.toLowerCase())).map((key): Suggestion => ({
    text: `${key}:`,
    kind: 'key',
    about: KEY_FACTS[key].expects,
  }));
  const values =
    typed.length < SHORTEST_WORD
      ? []
      : BARE_VALUES.flatMap((key) => named(valuesOf(typing, key, VALUES_EACH, false), `${key}:`));
  return { from, to: cursor, suggestions: [...keys, ...values].slice(0, limit) };
}

/** For less, nothing but keys is worth showing. */
const SHORTEST_WORD = 2;
const VALUES_EACH = 3;

function named(values: ReturnType<typeof valuesOf>, prefix: string): Suggestion[] {
  return values.map(({ text, name, about }) => ({
    text: prefix + (name ? asName(text) : text),
    kind: 'value',
    ...(about === undefined ? {} : { about }),
  }));
}
