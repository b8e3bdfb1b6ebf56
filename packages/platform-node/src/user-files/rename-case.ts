import { lstatSync, renameSync } from 'node:fs';
import { basenameOf, joinNative, parentOf } from '@sd/core/domain/native-path.ts';
import { TEMPORARY_PREFIX } from '@sd/core/domain/temporary-name.ts';
import { reach } from '../system-path.ts';
import { isWritten } from './case.ts';
import { changing } from './errors.ts';
import { reachBoth } from './two-paths.ts';

/** Whether both are one name to the file system, written in another way, and not two names of one file. */
export function sameButForCase(from: string, to: string): boolean {
  if (from === to || parentOf(from) !== parentOf(to) || folded(from) !== folded(to)) return false;
  try {
    return reach(to, (path) => lstatSync(path, { throwIfNoEntry: false })) !== undefined && !isWritten(to);
  } catch {
    return false;
  }
}

function folded(path: string): string {
  return basenameOf(path).normalize().toLowerCase();
}

/** Some file systems (FAT) say that they renamed it, and leave the name as it was: those take a way round. */
export function renameCase(from: string, to: string): void {
  changing(to, () => {
    reachBoth(from, to, renameSync);
    if (isWritten(to)) return;
    const between = joinNative(parentOf(to) ?? '/', `${TEMPORARY_PREFIX}case-${process.pid}`);
    reachBoth(from, between, renameSync);
    try {
      reachBoth(between, to, renameSync);
    } catch (error) {
      reachBoth(between, from, renameSync);
      throw error;
    }
  });
}
