/**
 * What somebody typed into a search, understood: a tree of terms. `parse.ts` makes it, `print.ts` writes it down again,
 * `search/filtering` makes of it what entries are held against.
 */
export type Query = All | Any | Not | Term;

/** Every one of them; none asks for nothing. */
export interface All {
  readonly op: 'all';
  readonly of: readonly Query[];
}
/** One of them at least; two or more. */
export interface Any {
  readonly op: 'any';
  readonly of: readonly Query[];
}
export interface Not {
  readonly op: 'not';
  readonly of: Query;
}

/** Where something stands in the text that was typed, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

export type Term = TextTerm | NamesTerm | ChoiceTerm | NumberTerm | TimeTerm | DimensionsTerm | PlaceTerm | WhereTerm;

interface TermBase {
  readonly op: 'term';
  /** Absent where nobody typed it. */
  readonly at?: Span;
}

/** Words of the name, or of the text with `in:contents`. */
export interface TextTerm extends TermBase {
  readonly key: 'text';
  readonly text: string;
  /** As it stands, white space and all; as in quotes. */
  readonly exact: boolean;
}

export const NAMES_KEYS = [
  'name',
  'ext',
  'in',
  'location',
  'tag',
  'collection',
  'camera',
  'note',
  'device',
  'volume',
  'content',
] as const;
export type NamesKey = (typeof NAMES_KEYS)[number];

/** One of several names. */
export interface NamesTerm extends TermBase {
  readonly key: NamesKey;
  readonly any: readonly NamedValue[];
}
export interface NamedValue {
  readonly text: string;
  /** As it stands, as in quotes: of names `*` and `?` mean themselves. */
  readonly exact: boolean;
  /** `tag:=x`: this tag, not those below it. `camera:=x`: the whole name. */
  readonly alone: boolean;
  readonly at?: Span;
}

/** One of several words out of a list. */
export interface ChoiceTerm extends TermBase {
  readonly key: ChoiceKey;
  readonly any: readonly string[];
}
export const CHOICE_KEYS = ['type', 'is'] as const;
export type ChoiceKey = (typeof CHOICE_KEYS)[number];

export const NUMBER_KEYS = ['size', 'rating', 'width', 'height', 'duration'] as const;
export type NumberKey = (typeof NUMBER_KEYS)[number];

/** Bytes, stars, pixels or milliseconds, whole numbers, both ends included. One of the two is given. */
export interface NumberTerm extends TermBase {
  readonly key: NumberKey;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export const TIME_KEYS = ['modified', 'taken'] as const;
export type TimeKey = (typeof TIME_KEYS)[number];

export interface TimeTerm extends TermBase {
  readonly key: TimeKey;
  readonly from?: TimeEdge | undefined;
  readonly to?: TimeEdge | undefined;
}
/** The first moment of a period, or the first one after it. From there on, or before it. */
export interface TimeEdge {
  readonly moment: Moment;
  readonly side: 'start' | 'end';
}
/** Stays relative as it was typed: `7d` is another moment each day. Resolved by `moment.ts`. */
export type Moment =
  | { readonly kind: 'date'; readonly year: number; readonly month?: number; readonly day?: number }
  | { readonly kind: 'time'; readonly text: string }
  | { readonly kind: 'ago'; readonly count: number; readonly unit: AgoUnit }
  | { readonly kind: 'named'; readonly name: NamedPeriod };
export const AGO_UNITS = ['min', 'h', 'd', 'w', 'm', 'y'] as const;
export type AgoUnit = (typeof AGO_UNITS)[number];
export const NAMED_PERIODS = [
  'today',
  'yesterday',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-year',
  'last-year',
] as const;
export type NamedPeriod = (typeof NAMED_PERIODS)[number];

/** Pixels; as shown. */
export interface DimensionsTerm extends TermBase {
  readonly key: 'dimensions';
  readonly compare: '=' | '>=' | '<=' | '>' | '<';
  readonly width: number;
  readonly height: number;
}

/** Degrees; `west` may be more than `east`, then the box crosses the date line. */
export interface PlaceTerm extends TermBase {
  readonly key: 'place';
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

export const WHERES = ['names', 'contents', 'all'] as const;
export type Where = (typeof WHERES)[number];

/** `in:contents`: where the words of the whole search are looked for. Stands at the top, once. */
export interface WhereTerm extends TermBase {
  readonly key: 'where';
  readonly where: Where;
}

/** Asks for nothing: everything is found. */
export const EVERYTHING: All = { op: 'all', of: [] };
