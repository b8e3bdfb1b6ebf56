import { lstatSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { basenameOf, decodeNative, joinNative, namesBelow } from '@sd/core/domain/native-path.ts';
import type { Trashed } from '@sd/core/platform.ts';
import { toSystem } from '../../system-path.ts';
import { codeOf } from '../errors.ts';
import { renameNew } from '../rename.ts';
import { reachBoth } from '../two-paths.ts';
import { type Can, factsOf } from './can.ts';
import { nameInTrash, noteOf } from './note.ts';

const NOTE = '.trashinfo';

/** Renames it into the trash. Its note comes first and is made exclusively, so that nothing there is ever replaced. */
export function putInto(can: Can, path: string): Trashed {
  let wanted = basenameOf(path);
  for (let tried = 1; ; tried++) {
    try {
      const trashed = tryName(can, path, nameInTrash(wanted, tried));
      if (trashed) return trashed;
    } catch (error) {
      // The note's name is longer, and so is a numbered one.
      if (codeOf(error) !== 'ENAMETOOLONG' || wanted.length < 2) throw error;
      wanted = wanted.slice(0, Math.ceil(wanted.length / 2));
    }
  }
}

/** `undefined`: the name is taken. */
function tryName(can: Can, path: string, name: string): Trashed | undefined {
  const place = joinNative(can.files, name);
  if (factsOf(place)) return undefined;
  const note = can.info === undefined ? undefined : joinNative(can.info, name + NOTE);
  let claimed = false;
  try {
    if (note !== undefined) writeNote(note, path, can);
    claimed = true;
    reachBoth(path, place, renameNew);
    return { place, ...(note === undefined ? {} : { note }) };
  } catch (error) {
    if (claimed && note !== undefined) unlinkSync(toSystem(note));
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
}

function writeNote(note: string, path: string, { top }: Can): void {
  const recorded = top === undefined ? path : (namesBelow(top, path) ?? [path]).join('/');
  writeFileSync(toSystem(note), noteOf(recorded, new Date()), { flag: 'wx', mode: 0o600 });
}

/** What has the inode, whatever its name in the trash. */
export function findIn(can: Can, inode: number): Trashed | undefined {
  if (!factsOf(can.files)?.isDirectory()) return undefined;
  const name = readdirSync(toSystem(can.files), { encoding: 'buffer' })
    .map(decodeNative)
    .find((one) => factsOf(joinNative(can.files, one))?.ino === inode);
  if (name === undefined) return undefined;
  const note = can.info === undefined ? undefined : joinNative(can.info, name + NOTE);
  const hasNote = note !== undefined && lstatSync(toSystem(note), { throwIfNoEntry: false }) !== undefined;
  return { place: joinNative(can.files, name), ...(hasNote ? { note } : {}) };
}
