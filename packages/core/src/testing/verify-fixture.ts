import { closeSync, openSync, statSync, utimesSync, writeSync } from 'node:fs';
import type { LocationReport } from '../verifying/report.ts';
import type { TestCore } from './open-test-core.ts';

/** Verifies a location and waits for the report. */
export async function verified(
  { client, completed }: TestCore,
  location: string,
  options: { content?: boolean; repair?: boolean; within?: string } = {},
): Promise<LocationReport> {
  const { result } = await client.call('action:locations.verify', { location, ...options });
  return (await completed(result.job)).result as LocationReport;
}

/** The counts alone. */
export function counted({ missing, unindexed, changed, folder_times, unreadable, corrupt }: LocationReport) {
  return { missing, unindexed, changed, folder_times, unreadable, corrupt };
}

export const NOTHING_DIFFERS = { missing: 0, unindexed: 0, changed: 0, folder_times: 0, unreadable: 0, corrupt: 0 };

/** Turns over one byte of a file and leaves its times as they were, as a failing disk does. */
export function decay(path: string, at = 0): void {
  const { atimeMs, mtimeMs } = statSync(path);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([0xff]), 0, 1, at);
  closeSync(file);
  utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
}
