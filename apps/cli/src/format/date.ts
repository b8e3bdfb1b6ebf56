import { parseDuration } from './duration.ts';

/** Local date and time to the minute: `2026-03-01 14:05`. Sorts as it reads, and is the same in every locale. */
export function formatDate(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return '?';
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Local date and time to the millisecond, for logs: `2026-03-01 14:05:09.123`. */
export function formatStamp(milliseconds: number): string {
  return `${formatDate(milliseconds).slice(0, 10)} ${formatTime(milliseconds)}`;
}

/** Local time to the millisecond, for what happens now: `14:05:09.123`. */
export function formatTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** How long ago, roughly: `just now`, `5 min ago`, `3 h ago`, `2 d ago`, then the date. */
export function formatAgo(milliseconds: number, now = Date.now()): string {
  const seconds = (now - milliseconds) / 1000;
  if (seconds < 0 || seconds >= 30 * 86_400) return formatDate(milliseconds);
  if (seconds < 45) return 'just now';
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}

/** `2026-03-01`, `2026-03-01 14:05` (local), an ISO time with zone, or `7d` for seven days ago → milliseconds. */
export function parseDate(text: string, now = Date.now()): number | undefined {
  const ago = parseDuration(text);
  if (ago !== undefined) return now - ago;
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(text.trim()) ?? [];
  const local = date === undefined ? text.trim() : `${date}T${time ?? '00:00'}`;
  if (!/^\d{4}-\d{2}-\d{2}T/.test(local)) return undefined;
  const parsed = Date.parse(local);
  // `Date` rolls February 30th over into March.
  if (Number.isNaN(parsed) || (date !== undefined && new Date(parsed).getDate() !== Number(date.slice(8))))
    return undefined;
  return parsed;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
