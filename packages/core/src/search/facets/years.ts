const starts = new Map<number, number>();
const AVERAGE_YEAR_MS = 31_556_952_000;

/** The year of the local calendar. Quicker than a `Date` for each of a million. */
export function yearOf(time: number): number {
  let year = Math.floor(time / AVERAGE_YEAR_MS) + 1970;
  while (time < startOf(year)) year--;
  while (time >= startOf(year + 1)) year++;
  return year;
}

function startOf(year: number): number {
  const known = starts.get(year);
  if (known !== undefined) return known;
  const start = new Date(2000, 0, 1).setFullYear(year, 0, 1);
  starts.set(year, start);
  return start;
}
