import { lstatSync, readdirSync, renameSync } from 'node:fs';
import { basenameOf, joinNative, parentOf } from '@sd/core/domain/native-path.ts';
import { TEMPORARY_PREFIX } from '@sd/core/domain/temporary-name.ts';
import { reach, toSystem } from '../system-path.ts';
import { changing } from './errors.ts';
import { reachBoth } from './two-paths.ts';

/** Whether both are one name to the file system, written in another way, and not two names of one file. */
export function sameButForCase(from: string, to: string): boolean {
  if (from === to || parentOf(from) !== parentOf(to)) return false;
  try {
    return isSame(from, to) && !isWritten(to);
  } catch {
    return false;
  }
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

function isSame(one: string, other: string): boolean {
  return reachBoth(one, other, (a, b) => {
    const [first, second] = [lstatSync(a, { bigint: true }), lstatSync(b, { bigint: true })];
    return first.ino === second.ino && first.dev === second.dev;
  });
}

/** Whether the folder has the name in just these bytes. */
function isWritten(path: string): boolean {
  const wanted = Buffer.from(toSystem(basenameOf(path)));
  const names = reach(parentOf(path) ?? '/', (folder) => readdirSync(folder, { encoding: 'buffer' }));
  return names.some((name) => name.equals(wanted));
}
