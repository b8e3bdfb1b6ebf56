import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { readDaemonRecord } from '@sd/client/node/daemon-files.ts';
import { CliError, asCliError } from '../errors.ts';
import type { Sd } from '../sd.ts';

/** The daemon promises to be gone within five seconds. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 20;

/** Asks the daemon to stop and waits until its process is gone. False where none ran. */
export async function stopDaemon(sd: Sd): Promise<boolean> {
  const pid = readDaemonRecord(sd.dataFolder)?.pid;
  try {
    const daemon = await sd.daemon({ start: false });
    const answer = await daemon.call('action:core.stop');
    if (sd.out.json) await sd.out.printJson(answer);
    await daemon.closed;
  } catch (error) {
    const { code } = asCliError(error);
    if (code === 'NOT_RUNNING') return false;
    // It may be gone before its answer is read: that is what was wanted.
    if (code !== 'CONNECTION_CLOSED') throw error;
  }
  const deadline = performance.now() + PATIENCE_MS;
  while (pid !== undefined && isAlive(pid)) {
    if (performance.now() > deadline) {
      throw new CliError('FAILED', `the daemon has closed its socket, but its process ${pid} does not end`, {
        wayOut: `sd logs says what it does; "kill ${pid}" ends it`,
      });
    }
    await wait(LOOK_EVERY_MS);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process: the number was given away again.
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'ESRCH' && code !== 'EPERM';
  }
  return !isZombie(pid);
}

/** It has ended, and only waits for its parent to take note; in a container that can be a while. */
function isZombie(pid: number): boolean {
  try {
    // The state follows the name, which is in parentheses and may hold some itself.
    return /\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
