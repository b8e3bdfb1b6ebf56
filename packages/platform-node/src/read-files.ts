import {
  type Stats,
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  readlinkSync,
  realpathSync,
  statfsSync,
} from 'node:fs';
import { decodeNative, showNative } from '@sd/core/domain/native-path.ts';
import { SdError } from '@sd/core/errors.ts';
import type { FileFacts, ReadFiles } from '@sd/core/ports/files.ts';
import { guarded, isNothingThere } from './fs-errors.ts';
import { homeFolders } from './home-folders.ts';
import { listFolder, microseconds, typeOfMode } from './list-folder.ts';
import { type SystemPath, fromSystem, reach } from './system-path.ts';

/** Not through a symbolic link, and without waiting where a pipe has taken the name. Windows has neither flag. */
export const OPEN_SAFELY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export const readFiles: ReadFiles = {
  facts: (path) => guarded(path, 'read', () => reach(path, factsOf)),
  listFolder,
  readAt: (path, into, position) =>
    guarded(path, 'read', () => withFile(path, OPEN_SAFELY, (file) => fill(file, into, position))),
  linkTarget: (path) => guarded(path, 'read', () => reach(path, targetOf)),
  realPath: (path) =>
    guarded(path, 'read', () =>
      reach(path, (system) => fromSystem(decodeNative(realpathSync.native(system, 'buffer')))),
    ),
  readWhole: (path, limit) =>
    guarded(path, 'read', () =>
      withFile(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0), (file) => whole(file, path, limit)),
    ),
  mayWriteIn: (folder) => guarded(folder, 'read', () => reach(folder, isWritable)),
  space: (path) => guarded(path, 'read', () => reach(path, spaceOf)),
  homeFolders,
};

function factsOf(path: SystemPath): ReturnType<ReadFiles['facts']> {
  try {
    const facts = lstatSync(path, { throwIfNoEntry: false });
    return facts && fileFacts(facts);
  } catch (error) {
    if (isNothingThere(error)) return undefined;
    throw error;
  }
}

export function fileFacts(facts: Stats): FileFacts {
  return {
    type: typeOfMode(facts.mode),
    size: facts.size,
    mtime: microseconds(facts),
    inode: facts.ino,
    device: facts.dev,
    links: facts.nlink,
  };
}

function targetOf(path: SystemPath): string | undefined {
  try {
    return fromSystem(decodeNative(readlinkSync(path, 'buffer')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EINVAL' || isNothingThere(error)) return undefined;
    throw error;
  }
}

function withFile<T>(path: string, flags: number, use: (file: number) => T): T {
  return reach(path, (system) => {
    const file = openSync(system, flags);
    try {
      return use(file);
    } finally {
      closeSync(file);
    }
  });
}

/** Reads until `into` is full or the file ends. */
export function fill(file: number, into: Uint8Array, position: number): number {
  let length = 0;
  while (length < into.length) {
    const read = readSync(file, into, length, into.length - length, position + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}

function whole(file: number, path: string, limit: number): Uint8Array {
  const facts = fstatSync(file);
  if (!facts.isFile())
    throw new SdError('NOT_READABLE', `${showNative(path)} is not a regular file`, { path: showNative(path) });
  // One byte more than the size says, to see that this is the end: some files grow, and some claim a size of 0.
  let bytes = new Uint8Array(Math.min(limit, facts.size) + 1);
  let length = fill(file, bytes, 0);
  while (length === bytes.length && length <= limit) {
    const longer = new Uint8Array(Math.min(limit, length * 2 + 4096) + 1);
    longer.set(bytes);
    bytes = longer;
    length += fill(file, bytes.subarray(length), length);
  }
  if (length > limit)
    throw new SdError('TOO_LARGE', `${showNative(path)} is larger than the ${limit} bytes it may have`, {
      path: showNative(path),
      limit,
    });
  return bytes.subarray(0, length);
}

function spaceOf(path: SystemPath): { free: number; total: number } {
  const { bavail, blocks, bsize } = statfsSync(path);
  return { free: bavail * bsize, total: blocks * bsize };
}

function isWritable(folder: SystemPath): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (isNothingThere(error)) throw error;
    return false;
  }
}
