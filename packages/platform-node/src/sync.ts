import { closeSync, constants, fsyncSync, openSync } from 'node:fs';
import type { SystemPath } from './system-path.ts';

/** Waits until the bytes of a file, or the names in a folder, are on the disk. */
export function syncPath(path: SystemPath): void {
  // Windows flushes only through a handle that may write.
  const file = openSync(path, process.platform === 'win32' ? constants.O_RDWR : constants.O_RDONLY);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A rename lasts once its folder is on the disk. Windows has no such call; its file systems log the change themselves. */
export function syncFolder(folder: SystemPath): void {
  if (process.platform !== 'win32') syncPath(folder);
}
