import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const BLOCK = 64 * 1024;
/** Events of the file system do not come from everywhere; looking costs one stat. */
const LOOK_EVERY_MS = 200;

/** The last `count` whole lines, and where the file ends after them; `undefined` where there is no file. */
export function lastLines(file: string, count: number): { lines: string[]; end: number } | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const size = fstatSync(descriptor).size;
    let bytes = Buffer.alloc(0);
    let from = size;
    while (from > 0 && newlines(bytes) <= count) {
      const length = Math.min(BLOCK, from);
      from -= length;
      bytes = Buffer.concat([readAt(descriptor, from, length), bytes]);
    }
    const end = bytes.lastIndexOf(10) + 1;
    const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
    return { lines: count === 0 ? [] : lines.slice(-count), end: from + end };
  } finally {
    closeSync(descriptor);
  }
}

/** Hands on the lines that are added behind `from`, over rotations of the file, until aborted. */
export async function followFile(
  file: string,
  from: number,
  onLines: (lines: readonly string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let at = from;
  let inode = statSync(file, { throwIfNoEntry: false })?.ino;
  while (!signal.aborted) {
    const facts = statSync(file, { throwIfNoEntry: false });
    // Another file by the same name, or a shorter one: the log was rotated.
    if (facts && (facts.ino !== inode || facts.size < at)) {
      at = 0;
      inode = facts.ino;
    }
    const added = facts && facts.size > at ? linesFrom(file, at) : undefined;
    if (added && added.end > at) {
      at = added.end;
      await onLines(added.lines);
    }
    await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

function linesFrom(file: string, from: number): { lines: string[]; end: number } {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = readAt(descriptor, from, fstatSync(descriptor).size - from);
    const end = bytes.lastIndexOf(10) + 1;
    return { lines: bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1), end: from + end };
  } finally {
    closeSync(descriptor);
  }
}

function readAt(descriptor: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length));
  const read = readSync(descriptor, bytes, 0, bytes.length, from);
  return bytes.subarray(0, read);
}

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}
