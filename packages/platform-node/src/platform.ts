import { hostname } from 'node:os';
import type { Platform, ThreadPlatform } from '@sd/core/platform.ts';
import type { Log } from '@sd/core/ports/log.ts';
import { nodeClock } from './clock.ts';
import { nodeFiles } from './files.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { nodeMounts } from './mounts/mounts.ts';
import { nodeHashing } from './hashing.ts';
import { systemKeychain } from './keychain.ts';
import { lineLog } from './line-log.ts';
import { openFiles } from './open-files.ts';
import { nodePower } from './power.ts';
import { nodeRandom } from './random.ts';
import { nodeSealing } from './sealing.ts';
import { nodeSecrets } from './secrets.ts';
import { nodeSqlite } from './sqlite.ts';
import { nodeWatching } from './watching.ts';
import { nodeWorkers } from './workers.ts';

export interface NodePlatformOptions {
  /** Native path; keys that no keychain takes go to `keys/` in it. */
  readonly dataFolder: string;
  readonly log: Log;
  /** `false`, or `SD_KEYCHAIN=off` in the environment: keys go to private files only. */
  readonly keychain?: boolean;
  /** What a thread runs; a bundle names its own file. */
  readonly workerEntry?: URL;
}

/** The ports on Node.js for the main thread. */
export function nodePlatform({
  dataFolder,
  log,
  keychain = true,
  workerEntry = new URL('./worker-entry.ts', import.meta.url),
}: NodePlatformOptions): Platform {
  const useKeychain = keychain && process.env['SD_KEYCHAIN'] !== 'off';
  return {
    ...ports(log),
    workers: nodeWorkers(workerEntry),
    secrets: nodeSecrets({
      folder: `${dataFolder}/keys`,
      files: nodeFiles,
      log,
      keychain: useKeychain ? systemKeychain : undefined,
    }),
    mounts: nodeMounts,
    power: nodePower,
    host: { name: hostname().split('.')[0] ?? '' },
  };
}

/** The ports of a worker thread. */
export function threadPlatform(log: Log = lineLog({ thread: true })): ThreadPlatform {
  return ports(log);
}

function ports(log: Log): ThreadPlatform {
  return {
    sqlite: nodeSqlite,
    files: nodeFiles,
    hashing: nodeHashing(),
    clock: nodeClock,
    random: nodeRandom,
    watching: nodeWatching,
    sealing: nodeSealing,
    giveBackMemory,
    media: async () => (await import('./media/media.ts')).nodeMedia,
    userFiles: async () => (await import('./user-files/user-files.ts')).nodeUserFiles,
    ...(process.platform === 'linux' ? { openFiles } : {}),
    log,
  };
}
