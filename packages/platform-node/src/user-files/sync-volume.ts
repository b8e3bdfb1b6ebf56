import { execFileSync } from 'node:child_process';
import { closeSync, constants, fsyncSync, openSync } from 'node:fs';
import { type SystemPath, reach } from '../system-path.ts';
import { type CFunction, cFunction } from './c-function.ts';
import { changing, refusal } from './errors.ts';

const MAC = process.platform === 'darwin';

let call: CFunction | undefined;
let asked = false;

/** `UserFiles.syncVolume`. */
export function syncVolume(path: string): void {
  if (process.platform === 'win32')
    throw refusal('UNAVAILABLE', path, 'lies on a volume that only an administrator can sync whole');
  if (!asked) call = MAC ? cFunction('void sync()') : cFunction('int syncfs(int file)');
  asked = true;
  changing(path, () => reach(path, call ? (system) => sync(system) : withProgram));
}

/** On macOS the system begins to write all there is, and what is synced of one file ends with the disk's own memory. */
function sync(path: SystemPath): void {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (MAC) {
      call?.();
      fsyncSync(file);
    } else call?.(file);
  } finally {
    closeSync(file);
  }
}

/** Of the system's own programs: syncs the file system of what it is given. */
function withProgram(path: SystemPath): void {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    // The path may be no text, which programs cannot be given: the third handle of the program's is the file.
    execFileSync('sync', MAC ? [] : ['-f', '/dev/fd/3'], { stdio: ['ignore', 'ignore', 'ignore', file] });
  } finally {
    closeSync(file);
  }
}
