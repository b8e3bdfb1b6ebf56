const MASK = 'SD_PERSONS_UMASK';

/**
 * What this process makes for itself is for nobody else. Which rights the person takes away from what they make, as the
 * process was started with, is kept for `personsMask`: in the environment, which threads get a copy of.
 */
export function keepOwnFilesPrivate(): void {
  process.env[MASK] = process.umask(0o077).toString(8);
}

/** Rights that a file made for the person shall not have; `undefined`: the process takes away just those itself. */
export function personsMask(): number | undefined {
  const text = process.env[MASK];
  return text === undefined || !/^[0-7]{1,4}$/.test(text) ? undefined : Number.parseInt(text, 8);
}
