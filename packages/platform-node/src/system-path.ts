import { closeSync, constants, openSync } from 'node:fs';
import { toNamespacedPath } from 'node:path';
import { encodeNative } from '@sd/core/domain/native-path.ts';

/** A path as Node's file functions take it: bytes where the name is no valid text. */
export type SystemPath = string | Buffer;

const WINDOWS = process.platform === 'win32';
/** PATH_MAX of Linux less the NUL: the longest path a system call takes. */
const LONGEST_PATH = 4095;
const SLASH = 0x2f;
/** Linux's O_PATH, which Node does not name: the folder need not be readable, only passable. */
const O_PATH = 0o10000000;

export function toSystem(path: string): SystemPath {
  if (WINDOWS) return toNamespacedPath(path);
  return path.isWellFormed() ? path : Buffer.from(encodeNative(path));
}

/** A path as the system wrote it, in the core's form. */
export function fromSystem(path: string): string {
  return WINDOWS ? path.replace(/^\\\\\?\\/, '').replaceAll('\\', '/') : path;
}

/**
 * Calls `use` with a path the system takes. One that is too long is reached in steps: its folders are opened one from
 * the other through /proc/self/fd, which works in any thread (a working directory belongs to the whole process).
 * `margin` is how much longer `use` may make it.
 */
export function reach<T>(path: string, use: (path: SystemPath) => T, margin = 0): T {
  if (path.length * 3 + margin <= LONGEST_PATH || process.platform !== 'linux') return use(toSystem(path));
  const bytes = Buffer.from(encodeNative(path));
  if (bytes.length + margin <= LONGEST_PATH) return use(toSystem(path));
  return step(bytes, margin, use);
}

function step<T>(path: Buffer, margin: number, use: (path: SystemPath) => T): T {
  let folder: number | undefined;
  let prefix = Buffer.alloc(0);
  let rest = path;
  try {
    while (prefix.length + rest.length + margin > LONGEST_PATH) {
      const cut = rest.lastIndexOf(SLASH, LONGEST_PATH - prefix.length);
      // Without a slash to cut at, one name alone is too long: the system shall say so.
      if (cut <= 0) break;
      const next = openSync(
        Buffer.concat([prefix, rest.subarray(0, cut)]),
        constants.O_RDONLY | constants.O_DIRECTORY | O_PATH,
      );
      if (folder !== undefined) closeSync(folder);
      folder = next;
      prefix = Buffer.from(`/proc/self/fd/${folder}/`);
      rest = rest.subarray(cut + 1);
    }
    return use(Buffer.concat([prefix, rest]));
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}
