import { closeSync, linkSync, lstatSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { parentOf } from '@sd/core/domain/native-path.ts';
import { guarded } from './fs-errors.ts';
import { syncFolder } from './sync.ts';
import { type SystemPath, toSystem } from './system-path.ts';

/** What file systems without hard links say: FAT, many shares, many of those in user space. */
export const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** `Files.renameNew`: as a second name and then the first one's end, since Node has no rename that refuses to replace. */
export function renameNew(from: string, to: string): void {
  const [source, target] = [toSystem(from), toSystem(to)];
  guarded(to, 'write', () => giveName(source, target));
  guarded(from, 'write', () => {
    for (const folder of new Set([parentOf(from), parentOf(to)]))
      if (folder !== undefined) syncFolder(toSystem(folder));
  });
}

function giveName(from: SystemPath, to: SystemPath): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (NO_LINKS.has(code)) return overReserved(from, to);
    // Interrupted between the two: it has both names.
    if (code !== 'EEXIST' || !isSame(from, to)) throw error;
  }
  unlinkSync(from);
}

/** Nobody else can take a name that has a file already; only what made it is replaced. */
function overReserved(from: SystemPath, to: SystemPath): void {
  lstatSync(from);
  closeSync(openSync(to, 'wx', 0o600));
  renameSync(from, to);
}

function isSame(one: SystemPath, other: SystemPath): boolean {
  const [a, b] = [lstatSync(one, { bigint: true }), lstatSync(other, { bigint: true })];
  return a.ino === b.ino && a.dev === b.dev;
}
