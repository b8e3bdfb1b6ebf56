import { z } from 'zod';
import { type CursorValue, decodeCursor, encodeCursor } from '../domain/page.ts';
import { SdError } from '../errors.ts';
import type { EverywherePlace } from './contents/everywhere.ts';

const key = z.union([z.string(), z.number()]);
const placeSchema = z.union([
  z.tuple([z.literal([0, 1]), z.int(), z.int(), z.int(), key, z.int()]),
  z.tuple([z.literal('contents'), key, z.int()]),
  z.tuple([z.literal('contents')]),
]);

/** The place a cursor names. Throws `CURSOR_STALE` where it is of another search. */
export function placeOfCursor(cursor: string, fingerprint: string): EverywherePlace {
  const values = decodeCursor(cursor, fingerprint, placeSchema);
  if (!values)
    throw new SdError('CURSOR_STALE', 'the cursor is of another search', { way_out: 'start from the first page' });
  if (values[0] === 'contents')
    return { among: 'contents', place: values.length === 1 ? undefined : { key: values[1], id: values[2] } };
  const [more, exact, prefix, wordStart, at, id] = values;
  return { among: 'names', place: { more: more === 1, bounds: [exact, prefix, wordStart], key: at, id } };
}

export function cursorOfPlace(place: EverywherePlace, fingerprint: string): string {
  return encodeCursor(fingerprint, valuesOf(place));
}

function valuesOf({ among, place }: EverywherePlace): CursorValue[] {
  if (among === 'contents') return place ? ['contents', place.key, place.id] : ['contents'];
  return [place.more ? 1 : 0, ...place.bounds, place.key, place.id];
}
