/** A length of time for people, from milliseconds: `340 ms`, `2.4 s`, `3 min 05 s`, `2 h 10 min`, `4 d 3 h`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A length of time that is guessed, from milliseconds, no finer than a guess can be: `2 s`, `45 s`, `3 min`, `2 h 30 min`. */
export function formatRoughly(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.5) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 57.5) return `${roundTo(seconds, 5)} s`;
  const minutes = seconds / 60;
  if (minutes < 9.5) return `${Math.max(1, Math.round(minutes))} min`;
  if (minutes < 57.5) return `${roundTo(minutes, 5)} min`;
  const halfHours = Math.max(2, roundTo(minutes, 30) / 30);
  return `${Math.floor(halfHours / 2)} h${halfHours % 2 === 1 && halfHours < 20 ? ' 30 min' : ''}`;
}

function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}

/** What is left, as a clock: `0:07`, `12:40`, `1:02:03`. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1e3,
  min: 60e3,
  h: 3600e3,
  d: 86_400e3,
  w: 7 * 86_400e3,
  m: 30 * 86_400e3,
  y: 365 * 86_400e3,
};

/** `90s`, `15min`, `2h`, `7d`, `2w`, `6m` (months of 30 days), `1y` → milliseconds; `undefined` where it is none. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(s|min|h|d|w|m|y)$/.exec(text.trim()) ?? [];
  const factor = UNITS[unit ?? ''];
  return digits === undefined || factor === undefined ? undefined : Math.round(Number(digits) * factor);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
