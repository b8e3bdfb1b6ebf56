import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { DAEMON_FILES, readDaemonRecord } from '@sd/client/node/daemon-files.ts';
import { dialSocket } from '@sd/client/node/socket-pipe.ts';
import { SdError } from '@sd/core/errors.ts';
import type { Sqlite } from '@sd/core/ports/sqlite.ts';

/** A daemon that stops is gone within five seconds; one that starts after it waits that long. */
const PATIENCE_MS = 6_000;
const INTERVAL_MS = 50;

/**
 * Takes the data folder for this process, until it ends however it ends. Throws `LIBRARY_IN_USE` at once where another
 * daemon answers, and later where one holds the folder without answering.
 */
export async function takeDataFolder(dataFolder: string, sqlite: Pick<Sqlite, 'lock'>): Promise<{ release(): void }> {
  const path = join(dataFolder, DAEMON_FILES.lock);
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const lock = sqlite.lock(path);
    if (lock) return lock;
    const record = readDaemonRecord(dataFolder);
    if ((record && (await answers(record.socket))) || Date.now() > until) {
      throw new SdError(
        'LIBRARY_IN_USE',
        `another daemon runs on ${dataFolder}${record ? ` (process ${record.pid})` : ''}`,
        { way_out: 'sd stop, or another --instance' },
      );
    }
    await wait(INTERVAL_MS);
  }
}

async function answers(socket: string): Promise<boolean> {
  try {
    (await dialSocket(socket)).destroy();
    return true;
  } catch {
    return false;
  }
}
