/** The first wait, doubled with each failure. */
const FIRST_WAIT_MS = 5_000;
export const LONGEST_WAIT_MS = 10 * 60_000;
/** A share of the wait, more or less, so that what failed together is not tried together. */
const JITTER = 0.2;
/** Some ten minutes of waiting in all; then it is no fault that passes. */
export const MOST_ATTEMPTS = 8;

/** How long to wait after so many failures in a row; `random` between 0 and 1. */
export function waitAfter(attempts: number, random: number): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  return Math.round(wait * (1 + JITTER * (2 * random - 1)));
}
