import { AGO_UNITS, type AgoUnit, type Moment, NAMED_PERIODS, type NamedPeriod } from './query.ts';

const DATE = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?(?:Z|[+-]\d{2}:\d{2})?$/i;
const AGO = /^(\d{1,5})\s*([a-z]+)$/;
const UNIT_WORDS: Readonly<Record<string, AgoUnit>> = {
  minute: 'min',
  mins: 'min',
  hour: 'h',
  day: 'd',
  week: 'w',
  mo: 'm',
  month: 'm',
  year: 'y',
};
const PERIOD_OF_WORD: ReadonlyMap<string, NamedPeriod> = new Map(
  NAMED_PERIODS.flatMap((name) => ['-', '', ' ', '_'].map((between) => [name.replace('-', between), name] as const)),
);

/** `2024`, `2024-05`, `2024-05-12`, `2024-05-12T10:30`, `7d`, `today`. `undefined`: it is none of these, or there is no such day. */
export function readMoment(typed: string): Moment | undefined {
  const text = typed.trim().replace(/\s+/g, ' ').toLowerCase();
  const name = PERIOD_OF_WORD.get(text);
  if (name) return { kind: 'named', name };
  if (TIME.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : { kind: 'time', text: text.toUpperCase() };
  const [, count, word = ''] = AGO.exec(text) ?? [];
  if (count !== undefined) {
    const unit = AGO_UNITS.find((known) => known === word) ?? UNIT_WORDS[word] ?? UNIT_WORDS[word.replace(/s$/, '')];
    return unit === undefined ? undefined : { kind: 'ago', count: Number(count), unit };
  }
  const [, year, month, day] = (DATE.exec(text) ?? []).map((part) => (part === undefined ? undefined : Number(part)));
  if (year === undefined) return undefined;
  const last = new Date(0);
  last.setFullYear(year, month ?? 12, 0);
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > last.getDate())) return undefined;
  return { kind: 'date', year, ...(month === undefined ? {} : { month }), ...(day === undefined ? {} : { day }) };
}

export function writeMoment(moment: Moment): string {
  if (moment.kind === 'named') return moment.name;
  if (moment.kind === 'time') return moment.text;
  if (moment.kind === 'ago') return `${moment.count}${moment.unit}`;
  const { year, month, day } = moment;
  return [String(year).padStart(4, '0'), month, day]
    .flatMap((part) => (part === undefined ? [] : [String(part).padStart(2, '0')]))
    .join('-');
}

/** Roughly how long ago, to see which of two was earlier. */
export function ageOf(moment: Extract<Moment, { kind: 'ago' }>): number {
  const days = { min: 1 / 1440, h: 1 / 24, d: 1, w: 7, m: 30.4, y: 365.2 };
  return moment.count * days[moment.unit];
}
