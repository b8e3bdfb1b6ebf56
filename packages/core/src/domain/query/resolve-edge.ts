import type { AgoUnit, Moment, NamedPeriod, TimeEdge } from './query.ts';

/** Milliseconds since the epoch, by the calendar and the time zone of this machine. */
export function resolveEdge({ moment, side }: TimeEdge, now: number): number {
  const [start, end] = periodOf(moment, now, HERE);
  return side === 'start' ? start : end;
}

/**
 * What a clock shows at that edge, read as UTC: for times whose zone nobody knows, like those of cameras. Clocks are taken
 * to go as this machine's does now. `undefined` where the moment names its zone: it is no clock's.
 */
export function resolveClock({ moment, side }: TimeEdge, now: number): number | undefined {
  if (moment.kind === 'time' && ZONE.test(moment.text)) return undefined;
  const [start, end] = periodOf(moment, HERE.clockAt(now), ANY_CLOCK);
  return side === 'start' ? start : end;
}

/** How moments and what a clock shows then, read as UTC, belong together. */
interface Zone {
  clockAt(moment: number): number;
  momentAt(clock: number): number;
}
const HERE: Zone = {
  clockAt: (moment) => moment - new Date(moment).getTimezoneOffset() * 60_000,
  momentAt(clock) {
    const shown = new Date(clock);
    const date = new Date(2000, 0, 1);
    date.setFullYear(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate());
    return date.setHours(shown.getUTCHours(), shown.getUTCMinutes(), shown.getUTCSeconds(), shown.getUTCMilliseconds());
  },
};
const ANY_CLOCK: Zone = { clockAt: (moment) => moment, momentAt: (clock) => clock };

function periodOf(moment: Moment, now: number, zone: Zone): [start: number, end: number] {
  if (moment.kind === 'time') return timeOf(moment.text, zone);
  if (moment.kind === 'ago') {
    const then = agoOf(moment.count, moment.unit, now, zone);
    return [then, then];
  }
  const [start, end] = moment.kind === 'named' ? namedOf(moment.name, new Date(zone.clockAt(now))) : dateOf(moment);
  return [zone.momentAt(start), zone.momentAt(end)];
}

/** Days and longer by the calendar, so that a change to summer time moves nothing. */
function agoOf(count: number, unit: AgoUnit, now: number, zone: Zone): number {
  if (unit === 'min') return now - count * 60_000;
  if (unit === 'h') return now - count * 3_600_000;
  const date = new Date(zone.clockAt(now));
  const day = date.getUTCDate();
  if (unit === 'd' || unit === 'w') date.setUTCDate(day - count * (unit === 'w' ? 7 : 1));
  else if (unit === 'm') date.setUTCMonth(date.getUTCMonth() - count);
  else date.setUTCFullYear(date.getUTCFullYear() - count);
  // A month ago on the 31st there may have been no such day: then it was the last one of that month.
  if ((unit === 'm' || unit === 'y') && date.getUTCDate() !== day) date.setUTCDate(0);
  return zone.momentAt(date.getTime());
}

/** `now`: what the clock shows, read as UTC; as is what it answers. */
function namedOf(name: NamedPeriod, now: Date): [start: number, end: number] {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const back = name.startsWith('last-') || name === 'yesterday' ? 1 : 0;
  if (name.endsWith('-year')) return [dayOf(year - back, 0, 1), dayOf(year - back + 1, 0, 1)];
  if (name.endsWith('-month')) return [dayOf(year, month - back, 1), dayOf(year, month - back + 1, 1)];
  if (!name.endsWith('-week')) return [dayOf(year, month, day - back), dayOf(year, month, day - back + 1)];
  // Weeks begin on Monday (ISO 8601).
  const monday = day - ((now.getUTCDay() + 6) % 7) - back * 7;
  return [dayOf(year, month, monday), dayOf(year, month, monday + 7)];
}

function dateOf({ year, month, day }: Extract<Moment, { kind: 'date' }>): [start: number, end: number] {
  if (month === undefined) return [dayOf(year, 0, 1), dayOf(year + 1, 0, 1)];
  if (day === undefined) return [dayOf(year, month - 1, 1), dayOf(year, month, 1)];
  return [dayOf(year, month - 1, day), dayOf(year, month - 1, day + 1)];
}
function dayOf(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

const ZONE = /(?:Z|[+-]\d\d:\d\d)$/;

function timeOf(text: string, zone: Zone): [start: number, end: number] {
  const start = ZONE.test(text) ? Date.parse(text) : zone.momentAt(Date.parse(`${text}Z`));
  const clock = text.slice(text.indexOf('T') + 1).replace(ZONE, '');
  return [start, start + (clock.length > 8 ? 1 : clock.length > 5 ? 1000 : 60_000)];
}
