import { realpathSync, unlinkSync } from 'node:fs';
import { basenameOf, decodeNative, joinNative, parentOf } from '@sd/core/domain/native-path.ts';
import type { Trashed } from '@sd/core/ports/user-files.ts';
import { isNothingThere } from '../../fs-errors.ts';
import { fromSystem, toSystem } from '../../system-path.ts';
import { changeError, changing, codeOf, refusal } from '../errors.ts';
import { mountWithin } from '../mount-of.ts';
import { renameNew } from '../rename.ts';
import { reachBoth } from '../two-paths.ts';
import { type Can, checkOwn, userName, xdgCan } from './can.ts';
import { homeTrash } from './cans.ts';
import { completeNote as fillNote } from './note.ts';
import { isMarked, isOurName } from './our-can.ts';
import { removeTree } from './remove-tree.ts';

/** `UserFiles.restore`. */
export function restore(trashed: Trashed, to: string): void {
  checked(trashed);
  try {
    reachBoth(trashed.place, to, renameNew);
  } catch (error) {
    throw changeError(error, codeOf(error) === 'ENOENT' && isGone(trashed.place) ? trashed.place : to);
  }
  forgetNote(trashed);
}

/** `UserFiles.purge`. */
export function purge(trashed: Trashed, onRemoved: () => boolean = () => true): boolean {
  checked(trashed);
  // Somebody may have mounted one there since, and what is on it was never thrown away.
  if (mountWithin(trashed.place)) throw refusal('CONFLICT', trashed.place, 'holds a disk that is mounted');
  return changing(trashed.place, () => {
    if (!removeTree(trashed.place, onRemoved)) return false;
    forgetNote(trashed);
    return true;
  });
}

/** `UserFiles.completeNote`. */
export function completeNote(trashed: Trashed, path: string, at: number): void {
  const can = checked(trashed);
  const { note } = trashed;
  if (note !== undefined) changing(note, () => fillNote(note, path, can, new Date(at)));
}

/** The trash of this user that a path lies in, right below: nothing else is ever purged. */
export function canOf(place: string): Can | undefined {
  const files = parentOf(place);
  if (files === undefined) return undefined;
  if (process.platform === 'darwin' && isMacTrash(files)) return { files };
  const folder = basenameOf(files) === 'files' ? parentOf(files) : undefined;
  if (folder === undefined) return undefined;
  const above = parentOf(folder) ?? '/';
  if (isOurName(basenameOf(folder))) return isMarked(folder) ? xdgCan(folder, above) : undefined;
  if (process.platform === 'win32' || process.platform === 'darwin') return undefined;
  if (folder === realHomeTrash()) return xdgCan(folder);
  if (basenameOf(folder) === `.Trash-${userName()}`) return xdgCan(folder, above);
  if (basenameOf(folder) === userName() && basenameOf(above) === '.Trash')
    return xdgCan(folder, parentOf(above) ?? '/');
  return undefined;
}

function isMacTrash(folder: string): boolean {
  return (
    folder === homeTrash() || (basenameOf(folder) === userName() && basenameOf(parentOf(folder) ?? '/') === '.Trashes')
  );
}

function realHomeTrash(): string | undefined {
  const home = homeTrash();
  return home === undefined ? undefined : (realPath(home) ?? home);
}

function realPath(path: string): string | undefined {
  try {
    return fromSystem(decodeNative(realpathSync.native(toSystem(path), 'buffer')));
  } catch (error) {
    if (isNothingThere(error)) return undefined;
    throw error;
  }
}

/** Throws where it is in no trash of this user's, or a link on the way leads to another place. */
function checked({ place, note }: Trashed): Can {
  const can = canOf(place);
  if (!can) throw refusal('CONFLICT', place, 'does not lie in a trash of this user');
  changing(place, () => {
    if (realPath(can.files) === undefined) throw refusal('NOT_FOUND', place, 'is not in the trash any more');
    checkOwn(can.files);
    if (realPath(can.files) !== can.files) throw refusal('CONFLICT', place, 'lies behind a symbolic link');
  });
  if (note !== undefined && (can.info === undefined || note !== joinNative(can.info, `${basenameOf(place)}.trashinfo`)))
    throw refusal('CONFLICT', note, 'is not the note of what lies in the trash');
  return can;
}

function isGone(path: string): boolean {
  return realPath(path) === undefined;
}

/** Without it the trash shows something that is not there any more, which every program looks for and tidies up. */
function forgetNote({ note }: Trashed): void {
  if (note === undefined) return;
  try {
    unlinkSync(toSystem(note));
  } catch (error) {
    if (!isNothingThere(error)) throw changeError(error, note);
  }
}
