import { closeSync, fstatSync, openSync } from 'node:fs';
import { OPEN_SAFELY, fill } from '../read-files.ts';
import { reach } from '../system-path.ts';
import { Unreadable } from './document.ts';

/** Opens a regular file: no link is followed, and no pipe waited on. Whoever opens it closes it. */
export function openRegular(path: string): { file: number; size: number } {
  return reach(path, (system) => {
    const file = openSync(system, OPEN_SAFELY);
    try {
      const facts = fstatSync(file);
      if (!facts.isFile()) throw new Unreadable('it is no regular file');
      return { file, size: facts.size };
    } catch (error) {
      closeSync(file);
      throw error;
    }
  });
}

/** The first bytes of a regular file, at most `limit` of them. */
export function readStart(path: string, limit: number): { bytes: Uint8Array; size: number } {
  const { file, size } = openRegular(path);
  try {
    // Some files claim a size of 0 and have bytes all the same; none needs more room than it has bytes.
    const bytes = new Uint8Array(Math.min(limit, Math.max(size, 4096)));
    return { bytes: bytes.subarray(0, fill(file, bytes, 0)), size };
  } finally {
    closeSync(file);
  }
}
