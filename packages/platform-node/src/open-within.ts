import { type Stats, constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { joinNative, showNative } from '@sd/core/domain/native-path.ts';
import { SdError } from '@sd/core/errors.ts';
import type { OpenedFile } from '@sd/core/ports/files.ts';
import { fsError } from './fs-errors.ts';
import { OPEN_SAFELY, fileFacts } from './read-files.ts';
import { type SystemPath, toSystem } from './system-path.ts';

/** Linux's O_PATH, which Node does not name: the folder need not be readable, only passable. */
const O_PATH = 0o10000000;
const STEP = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW | O_PATH;

/** `Files.openWithin`. */
export async function openWithin(folder: string, names: readonly string[]): Promise<OpenedFile> {
  const path = names.reduce(joinNative, folder);
  try {
    return process.platform === 'linux' ? await step(folder, names, path) : await openAndCheck(folder, names, path);
  } catch (error) {
    throw fsError(error, path);
  }
}

/** Each folder is opened from the one before, so that nobody can put a link between a check and its use. */
async function step(folder: string, names: readonly string[], path: string): Promise<OpenedFile> {
  let at: FileHandle = await open(toSystem(folder), constants.O_RDONLY | constants.O_DIRECTORY | O_PATH);
  try {
    for (const name of names.slice(0, -1)) {
      const next = await open(below(at, name), STEP);
      await at.close();
      at = next;
    }
    return await openFile(below(at, names.at(-1) ?? ''), path);
  } finally {
    await at.close();
  }
}

function below(folder: FileHandle, name: string): SystemPath {
  return toSystem(`/proc/self/fd/${folder.fd}/${name}`);
}

/** Where folders cannot be opened: what was opened must be what the names, none of them a link, lead to afterwards. */
async function openAndCheck(folder: string, names: readonly string[], path: string): Promise<OpenedFile> {
  const file = await openFile(toSystem(path), path);
  try {
    let at = folder;
    let facts: Stats | undefined;
    for (const name of names) {
      at = joinNative(at, name);
      facts = await lstat(toSystem(at));
      if (facts.isSymbolicLink()) throw notAFile(path, 'lies behind a symbolic link');
    }
    if (facts?.ino !== file.facts.inode || facts.dev !== file.facts.device) throw notAFile(path, 'is another file now');
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openFile(system: SystemPath, path: string): Promise<OpenedFile> {
  const before = await lstat(system);
  if (!before.isFile()) throw notAFile(path, 'is not a regular file');
  // It may be a lock that this very process holds, which would be gone when any handle of it closes (see `Sqlite.open`).
  if (before.size === 0) return { facts: fileFacts(before), read: async () => 0, close: async () => {} };
  const file = await open(system, OPEN_SAFELY);
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw notAFile(path, 'is not a regular file');
    return {
      facts: fileFacts(facts),
      read: async (into, position) => (await file.read(into, 0, into.length, position)).bytesRead,
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function notAFile(path: string, what: string): SdError {
  return new SdError('NOT_READABLE', `${showNative(path)} ${what}`, { path: showNative(path) });
}
