import { ageOf, readMoment, writeMoment } from './moment.ts';
import type { Moment, TimeEdge } from './query.ts';
import { splitRange } from './range.ts';

/** From an edge on, before an edge. */
export interface TimeRange {
  readonly from?: TimeEdge;
  readonly to?: TimeEdge;
}

/**
 * `2024` (all of it), `>2024` (after it), `>=2024`, `<2024`, `<=2024`, `2024-05..2024-06` (both whole), `2024..`, `..2024`.
 * Spans count back from now: `<7d` is younger than seven days, as is `7d`; `>7d` is older. `undefined`: it is none of these.
 */
export function readTimeRange(text: string): TimeRange | undefined {
  const range = splitRange(text);
  if (range.kind === 'between') {
    const [one, other] = [range.from, range.to].map((part) => (part === undefined ? undefined : readMoment(part)));
    if ((range.from !== undefined && !one) || (range.to !== undefined && !other)) return undefined;
    const [first, last] =
      one?.kind === 'ago' && other?.kind === 'ago' && ageOf(one) < ageOf(other) ? [other, one] : [one, other];
    return { ...(first ? { from: edge(first, 'start') } : {}), ...(last ? { to: edge(last, 'end') } : {}) };
  }
  const moment = readMoment(range.text);
  if (!moment) return undefined;
  if (moment.kind === 'ago') {
    return range.kind === '>' || range.kind === '>=' ? { to: edge(moment, 'end') } : { from: edge(moment, 'start') };
  }
  switch (range.kind) {
    case '>':
      return { from: edge(moment, 'end') };
    case '>=':
      return { from: edge(moment, 'start') };
    case '<':
      return { to: edge(moment, 'start') };
    case '<=':
      return { to: edge(moment, 'end') };
    case '=':
    case 'is':
      return { from: edge(moment, 'start'), to: edge(moment, 'end') };
  }
}

export function writeTimeRange({ from, to }: TimeRange): string {
  if (from && to) {
    const [first, last] = [writeMoment(from.moment), writeMoment(to.moment)];
    return first === last && from.moment.kind !== 'ago' ? first : `${first}..${last}`;
  }
  const { moment, side } = from ?? to ?? { moment: { kind: 'named', name: 'today' } as const, side: 'start' as const };
  const text = writeMoment(moment);
  if (moment.kind === 'ago') return from ? `<${text}` : `>${text}`;
  if (from) return side === 'start' ? `>=${text}` : `>${text}`;
  return side === 'start' ? `<${text}` : `<=${text}`;
}

/** A span ago is a point in time: it has one edge. */
function edge(moment: Moment, side: TimeEdge['side']): TimeEdge {
  return { moment, side: moment.kind === 'ago' ? 'start' : side };
}
