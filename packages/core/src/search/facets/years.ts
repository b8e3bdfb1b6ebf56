const AVERAGE_YEAR_MS = 31_556_952_000;

/** The year of the local calendar. */
export const yearOf = yearsFrom((year) => new Date(2000, 0, 1).setFullYear(year, 0, 1));
/** Of what a clock showed, read as UTC. */
export const yearOnClock = yearsFrom((year) => new Date(0).setUTCFullYear(year, 0, 1));

/** The year of a time. Quicker than a `Date` for each of a million. */
function yearsFrom(startOf: (year: number) => number): (time: number) => number {
  const starts = new Map<number, number>();
  const start = (year: number): number => {
    const known = starts.get(year) ?? startOf(year);
    starts.set(year, known);
    return known;
  };
  return (time) => {
    let year = Math.floor(time / AVERAGE_YEAR_MS) + 1970;
    while (time < start(year)) year--;
    while (time >= start(year + 1)) year++;
    return year;
  };
}
