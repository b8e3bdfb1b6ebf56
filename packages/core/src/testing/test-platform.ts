import { nodePlatform } from '@sd/platform-node/platform.ts';
import type { Platform } from '../platform.ts';
import type { Log } from '../ports/log.ts';

/**
 * What the threads of tests run. `npm test` names the build it made of these sources, in which a thread starts five
 * times as quickly; a test file that is run by itself has the sources.
 */
export const threadEntry = new URL(
  process.env['SD_TEST_THREADS'] ?? import.meta.resolve('@sd/platform-node/worker-entry.ts'),
);

/** The real ports, with keys in files of the data folder. */
export function testPlatform(dataFolder: string, log: Log): Platform {
  return nodePlatform({ dataFolder, log, keychain: false, workerEntry: threadEntry });
}
