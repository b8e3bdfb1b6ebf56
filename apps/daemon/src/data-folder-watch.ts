import { lstatSync, watch } from 'node:fs';
import { join } from 'node:path';
import { DAEMON_FILES } from '@sd/client/node/daemon-files.ts';

/**
 * Calls `gone` once when the data folder is not the one any more in which this daemon holds the lock: it was deleted, or
 * put somewhere else. No client could find the daemon again, and the next one would start beside it. Answers how to stop
 * watching. Throws where the system has no watch left.
 */
export function watchDataFolder(dataFolder: string, gone: () => void): () => void {
  const lock = join(dataFolder, DAEMON_FILES.lock);
  const ours = inodeOf(lock);
  const watcher = watch(dataFolder, { persistent: false }, () => {
    if (inodeOf(lock) === ours) return;
    watcher.close();
    gone();
  });
  // A folder that is deleted may also end the watch with an error (Windows).
  watcher.on('error', () => watcher.close());
  return () => watcher.close();
}

function inodeOf(path: string): bigint | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
