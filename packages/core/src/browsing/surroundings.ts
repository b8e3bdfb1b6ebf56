import type { ReaderContext } from '../context.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** Where browsing looks. */
export interface Surroundings {
  readonly files: ReadFiles;
  readonly db: ReadConnection | undefined;
  /** UUID text. */
  readonly deviceId: string;
  /** Milliseconds that only go forward. */
  now(): number;
  /** Throws once the client does not want the answer any more. */
  checkCancelled(): void;
}

/** What a query has around it. */
export function around({ files, library, device, clock, checkCancelled }: ReaderContext<'any'>): Surroundings {
  return { files, db: library?.db, deviceId: device.id, now: () => clock.monotonic(), checkCancelled };
}
