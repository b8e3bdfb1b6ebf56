import { type NamedValue, type NamesKey, type Query, type TimeEdge } from '../domain/query/query.ts';
import type { SearchInput } from '../domain/search-input.ts';

/** What the filters of an input ask for, said in the query language; those that `EntryFilter` has a field for are left out. */
export function termsOfInput(input: SearchInput): Query[] {
  const { tags, favorite, place } = input;
  const alone = tags?.descendants === false;
  return [
    ...(tags?.any ? [names('tag', tags.any, alone)] : []),
    ...(tags?.all ?? []).map((tag) => names('tag', [tag], alone)),
    ...(tags?.none ? [not(names('tag', tags.none, alone))] : []),
    ...(input.collections ? [names('collection', input.collections)] : []),
    ...numbers('rating', input.min_rating, input.max_rating),
    ...(favorite === undefined ? [] : [favorite ? FAVORITE : not(FAVORITE)]),
    ...times(input.taken_after, input.taken_before),
    ...(input.cameras ? [names('camera', input.cameras)] : []),
    ...numbers('duration', input.min_duration, input.max_duration),
    ...numbers('width', input.min_width, input.max_width),
    ...numbers('height', input.min_height, input.max_height),
    ...(place ? [{ op: 'term', key: 'place', ...place } as const] : []),
    ...(input.devices ? [names('device', input.devices)] : []),
    ...(input.volumes ? [names('volume', input.volumes)] : []),
    ...(input.content_id === undefined ? [] : [names('content', [input.content_id])]),
  ];
}

const FAVORITE: Query = { op: 'term', key: 'is', any: ['favorite'] };

function names(key: NamesKey, texts: readonly string[], alone = false): Query {
  return { op: 'term', key, any: texts.map((text): NamedValue => ({ text, exact: true, alone })) };
}
function not(of: Query): Query {
  return { op: 'not', of };
}
function numbers(key: 'rating' | 'duration' | 'width' | 'height', from?: number, to?: number): Query[] {
  return from === undefined && to === undefined ? [] : [{ op: 'term', key, from, to }];
}
function times(after?: number, before?: number): Query[] {
  if (after === undefined && before === undefined) return [];
  return [{ op: 'term', key: 'taken', from: instant(after), to: instant(before) }];
}
function instant(time: number | undefined): TimeEdge | undefined {
  return time === undefined
    ? undefined
    : { moment: { kind: 'time', text: new Date(time).toISOString() }, side: 'start' };
}
