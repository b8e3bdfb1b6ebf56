import { AGO_UNITS, type AgoUnit, type Moment, NAMED_PERIODS, type NamedPeriod, type TimeEdge } from './query.ts';

const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?(?:Z|[+-]\d{2}:\d{2})?$/i;
const AGO = /^(\d{1,5})([a-z]+)$/;
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
  NAMED_PERIODS.flatMap((name) => [[name, name] as const, [name.replace('-', ''), name] as const]),
);

/** `2024`, `2024-05`, `2024-05-12`, `2024-05-12T10:30`, `7d`, `today`. `undefined`: it is none of these, or there is no such day. */
export function readMoment(typed: string): Moment | undefined {
  const text = typed.toLowerCase();
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

/** Milliseconds since the epoch, in the time zone of this machine. */
export function resolveEdge({ moment, side }: TimeEdge, now: number): number {
  const [start, end] = periodOf(moment, now);
  return side === 'start' ? start : end;
}

function periodOf(moment: Moment, now: number): [start: number, end: number] {
  if (moment.kind === 'ago') {
    const then = agoOf(moment.count, moment.unit, now);
    return [then, then];
  }
  if (moment.kind === 'time') return timeOf(moment.text);
  if (moment.kind === 'named') return namedOf(moment.name, now);
  const { year, month, day } = moment;
  if (month === undefined) return [localDay(year, 0, 1), localDay(year + 1, 0, 1)];
  if (day === undefined) return [localDay(year, month - 1, 1), localDay(year, month, 1)];
  return [localDay(year, month - 1, day), localDay(year, month - 1, day + 1)];
}

/** Days and longer by the calendar, so that a change to summer time moves nothing. */
function agoOf(count: number, unit: AgoUnit, now: number): number {
  if (unit === 'min') return now - count * 60_000;
  if (unit === 'h') return now - count * 3_600_000;
  const date = new Date(now);
  if (unit === 'd' || unit === 'w') date.setDate(date.getDate() - count * (unit === 'w' ? 7 : 1));
  else if (unit === 'm') date.setMonth(date.getMonth() - count);
  else date.setFullYear(date.getFullYear() - count);
  return date.getTime();
}

function namedOf(name: NamedPeriod, now: number): [number, number] {
  const date = new Date(now);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const back = name.startsWith('last-') || name === 'yesterday' ? 1 : 0;
  if (name.endsWith('-year')) return [localDay(year - back, 0, 1), localDay(year - back + 1, 0, 1)];
  if (name.endsWith('-month')) return [localDay(year, month - back, 1), localDay(year, month - back + 1, 1)];
  if (!name.endsWith('-week')) return [localDay(year, month, day - back), localDay(year, month, day - back + 1)];
  // Weeks begin on Monday (ISO 8601).
  const monday = day - ((date.getDay() + 6) % 7) - back * 7;
  return [localDay(year, month, monday), localDay(year, month, monday + 7)];
}

function timeOf(text: string): [number, number] {
  const start = Date.parse(text);
  const clock = text.slice(text.indexOf('T') + 1).replace(/(?:Z|[+-]\d\d:\d\d)$/, '');
  return [start, start + (clock.length > 8 ? 1 : clock.length > 5 ? 1000 : 60_000)];
}

function localDay(year: number, month: number, day: number): number {
  const date = new Date(2000, 0, 1);
  date.setFullYear(year, month, day);
  return date.getTime();
}

/** Roughly how long ago, to see which of two was earlier. */
export function ageOf(moment: Extract<Moment, { kind: 'ago' }>): number {
  const days = { min: 1 / 1440, h: 1 / 24, d: 1, w: 7, m: 30.4, y: 365.2 };
  return moment.count * days[moment.unit];
}
