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

/** `one file`, `1,200 files`. */
export function several(count: number, one: string, more = `${one}s`): string {
  return count === 1 ? `one ${one}` : `${count.toLocaleString('en')} ${more}`;
}

/** What something is about: how many entries, and how many of them are folders. */
export interface Named {
  readonly count: number;
  readonly folders: number;
}

/** `2 files and one folder`. */
export function namedForPeople({ count, folders }: Named): string {
  const files = count - folders;
  if (folders === 0) return several(files, 'file');
  return files === 0 ? several(folders, 'folder') : `${several(files, 'file')} and ${several(folders, 'folder')}`;
}

/** Some of what is named, where it is not known how many of these are folders: `3 items`. */
export function someForPeople(some: number, { count, folders }: Named): string {
  return several(some, folders === 0 ? 'file' : folders === count ? 'folder' : 'item');
}
