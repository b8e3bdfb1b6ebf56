const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in the units of disks: 1 kB is 1,000 bytes. */
export function sizeForPeople(bytes: number): string {
  let [value, at] = [bytes, 0];
  // 999.95 would be said as 1000.0 of its unit.
  for (; value >= (at === 0 ? 1000 : 999.95) && at < UNITS.length - 1; at++) value /= 1000;
  return `${at === 0 ? value : value.toFixed(1)} ${UNITS[at]}`;
}

/** Milliseconds since the epoch as date and time to the minute, in the time zone of this computer: `2026-03-01 14:05`. */
export function timeForPeople(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
