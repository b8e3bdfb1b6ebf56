import { accessSync, constants, lstatSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basenameOf, decodeNative, isWithin, joinNative, parentOf, showNative } from '@sd/core/domain/native-path.ts';
import { SdError } from '@sd/core/errors.ts';
import type { Trashed } from '@sd/core/ports/user-files.ts';
import { fromSystem, reach } from '../../system-path.ts';
import { changing, codeOf, refusal } from '../errors.ts';
import { mountWithin } from '../mount-of.ts';
import { factsOf } from './can.ts';
import { candidates, deviceAt, homeTrash, topOf } from './cans.ts';
import { isNoRoom } from './note.ts';
import { findByInode, findByName, findNoted, forgetAttempt, putInto } from './put.ts';
import { canOf } from './taking-out.ts';

/**
 * `UserFiles.trash`. To the system's trash (freedesktop.org's Trash specification 1.0; macOS's), else to one of ours on the same file
 * system. It only ever renames: where no trash can be used it fails, and nothing is copied or deleted.
 */
export function trash(given: string): Trashed {
  return changing(given, () => {
    const path = withRealFolder(given);
    const { dev, ino } = reach(path, (system) => lstatSync(system));
    refuseWhatHolds(path, dev);
    // Before a trash is made that nothing can be moved to.
    reach(parentOf(path) ?? path, (folder) => accessSync(folder, constants.W_OK | constants.X_OK));
    let failed: Error | undefined;
    for (const { can, make } of candidates(path, dev)) {
      try {
        make();
      } catch (error) {
        // What the first one says is what people know of.
        failed ??= error as Error;
        continue;
      }
      try {
        return putInto(can, path, ino);
      } catch (error) {
        // It is on the file system, but not of this mount. Of everything else it is what goes that is at fault.
        if (codeOf(error) !== 'EXDEV') throw error;
        failed ??= error as Error;
      }
    }
    throw noTrash(path, failed);
  });
}

/** `UserFiles.findTrashed`. */
export function findTrashed(given: string, inode: number | undefined): Trashed | undefined {
  return changing(given, () => {
    const path = withRealFolder(given);
    const device = deviceAt(parentOf(path) ?? path);
    if (device === undefined) return undefined;
    const cans = Array.from(candidates(path, device), ({ can }) => can);
    if (inode === undefined) return first(cans, (can) => findNoted(can, path));
    const at = first(cans, (can) => findByName(can, path, inode));
    // What is still at its path went nowhere.
    if (at || factsOf(path)?.ino === inode) return at;
    return first(cans, (can) => findByInode(can, inode));
  });
}

function first<T, U>(all: readonly T[], find: (one: T) => U | undefined): U | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `UserFiles.forgetTrashing`. */
export function forgetTrashing(given: string): void {
  changing(given, () => {
    const path = withRealFolder(given);
    const facts = factsOf(path);
    if (!facts) return;
    for (const { can } of candidates(path, facts.dev)) forgetAttempt(can, path, facts.ino);
  });
}

function noTrash(path: string, why: Error | undefined): Error {
  if (!why) return refusal('UNAVAILABLE', path, 'has no trash that it could go to');
  if (codeOf(why) === 'EXDEV')
    return refusal(
      'CROSSES_VOLUME',
      path,
      'cannot go to the trash: its file system does not rename it, and the trash never copies; sd rm --forever deletes it, sd mv takes it elsewhere',
      why,
    );
  if (!isNoRoom(why)) return why;
  const shown = showNative(path);
  return new SdError(
    'DISK_FULL',
    `${shown} cannot go to the trash: the disk is so full that no trash can be made on it`,
    { path: shown, way_out: 'take something away from that disk for good, or move it to another one' },
    why,
  );
}

/** Its folder's symbolic links resolved; its own name stays, as a link in the trash is still that link. */
function withRealFolder(path: string): string {
  const folder = parentOf(path);
  if (folder === undefined) return path;
  try {
    const real = reach(folder, (system) => realpathSync.native(system, 'buffer'));
    return joinNative(fromSystem(decodeNative(real)), basenameOf(path));
  } catch (error) {
    if (codeOf(error) === 'ENAMETOOLONG') return path;
    throw error;
  }
}

function refuseWhatHolds(path: string, device: number): void {
  const refuse = (why: string): never => {
    throw refusal('CONFLICT', path, `cannot go to the trash: it ${why}`);
  };
  if (parentOf(path) === undefined || isWithin(homedir(), path)) refuse('holds the home folder or is the root');
  const home = homeTrash();
  if (home !== undefined && isWithin(home, path)) refuse('holds the trash itself');
  if (topOf(path, device) === path) refuse('is the top of its file system');
  if (mountWithin(path)) refuse('holds a disk that is mounted');
  if (canOf(path)) refuse('lies in a trash');
}
