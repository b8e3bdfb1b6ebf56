import { nodePlatform } from '@sd/platform-node/platform.ts';
import type { Platform } from '../platform.ts';
import type { Log } from '../ports/log.ts';
import { built } from './built.ts';

/** What the threads of tests run. */
export const threadEntry =
  built('worker-entry.js') ?? new URL(import.meta.resolve('@sd/platform-node/worker-entry.ts'));

/** The real ports, with keys in files of the data folder. */
export function testPlatform(dataFolder: string, log: Log): Platform {
  return nodePlatform({ dataFolder, log, keychain: false, workerEntry: threadEntry });
}
