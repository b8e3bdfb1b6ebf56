import { temporaryFolder } from '../../open-test-core.ts';
import type { Lack } from '../../mounted-disk.ts';

/** Where a suite runs: some file systems lack what others have. */
export interface Ground {
  /** A new folder for one test. */
  folder(context: { after(call: () => void): void }): string;
  readonly lacks: ReadonlySet<Lack>;
  /** Attributes cannot even be seen, so that every copy may have lost some. */
  readonly blind?: boolean;
}

export const ANYWHERE: Ground = { folder: (context) => temporaryFolder(context), lacks: new Set() };

/** What every system keeps of a time, rounded down also before 1970. */
export function microseconds(nanoseconds = 0n): bigint {
  return (nanoseconds - (((nanoseconds % 1000n) + 1000n) % 1000n)) / 1000n;
}

/** What a copy loses where nothing need be lost. */
export function lostAnyway({ blind }: Ground): string[] {
  return blind ? ['attributes'] : [];
}
