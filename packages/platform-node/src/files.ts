import { chmodSync, constants, copyFile, lstatSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parentOf } from '@sd/core/domain/native-path.ts';
import type { Files } from '@sd/core/ports/files.ts';
import { fsError, guarded, isNothingThere } from './fs-errors.ts';
import { makeFolders } from './make-folders.ts';
import { openWithin } from './open-within.ts';
import { readFiles } from './read-files.ts';
import { renameNew } from './rename-new.ts';
import { syncFolder, syncPath } from './sync.ts';
import { type SystemPath, reach, toSystem } from './system-path.ts';
import { moveToTrash } from './trash.ts';
import { writeOn } from './write-on.ts';

const copy = promisify(copyFile);

/** The `Files` port. */
export const nodeFiles: Files = {
  ...readFiles,
  openWithin,
  isPrivate: (path) => guarded(path, 'read', () => reach(path, isPrivate)),
  makeFolder: (path, options = {}) => guarded(path, 'write', () => makeFolders(path, options.private ? 0o700 : 0o777)),
  replaceFile: (path, bytes, options = {}) =>
    guarded(path, 'write', () =>
      reach(path, (system) => replace(system, bytes, options.private ? 0o600 : 0o644), SUFFIX.length),
    ),
  writeOn,
  rename: (from, to) => guarded(from, 'write', () => rename(from, to)),
  renameNew,
  sync: (path) => guarded(path, 'write', () => reach(path, syncPath)),
  copyFile: copyAndSync,
  remove: (path) => guarded(path, 'write', () => reach(path, removeOne)),
  trash: moveToTrash,
};

const SUFFIX = '.new';

function replace(path: SystemPath, bytes: Uint8Array, mode: number): void {
  const beside = typeof path === 'string' ? path + SUFFIX : Buffer.concat([path, Buffer.from(SUFFIX)]);
  // What an interrupted write left; made anew, so that nobody else's file or link is written through.
  removeOne(beside);
  try {
    writeFileSync(beside, bytes, { flag: 'wx', mode, flush: true });
    renameSync(beside, path);
  } catch (error) {
    removeOne(beside);
    throw error;
  }
  syncFolderOf(path);
}

function rename(from: string, to: string): void {
  renameSync(toSystem(from), toSystem(to));
  for (const folder of new Set([parentOf(from), parentOf(to)])) if (folder !== undefined) syncFolder(toSystem(folder));
}

function syncFolderOf(path: SystemPath): void {
  const text = Buffer.from(path);
  syncFolder(text.subarray(0, Math.max(text.lastIndexOf(0x2f), 1)));
}

async function copyAndSync(from: string, to: string): Promise<void> {
  try {
    await copy(toSystem(from), toSystem(to), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    // A copy takes over the mode of its source; a read-only one could not be replaced later.
    chmodSync(toSystem(to), 0o600);
    syncPath(toSystem(to));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') removeOne(toSystem(to));
    throw fsError(error, to, 'write');
  }
}

/** Windows keeps rights in lists that have no such bits. */
function isPrivate(path: SystemPath): boolean | undefined {
  return process.platform === 'win32' ? undefined : (lstatSync(path).mode & 0o077) === 0;
}

function removeOne(path: SystemPath): void {
  try {
    if (lstatSync(path).isDirectory()) rmdirSync(path);
    else unlinkSync(path);
  } catch (error) {
    if (!isNothingThere(error)) throw error;
  }
}
