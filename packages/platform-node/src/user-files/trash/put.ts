import { readdirSync, unlinkSync } from 'node:fs';
import { decodeNative, joinNative } from '@sd/core/domain/native-path.ts';
import type { Trashed } from '@sd/core/ports/user-files.ts';
import { toSystem } from '../../system-path.ts';
import { codeOf } from '../errors.ts';
import { renameNew } from '../rename.ts';
import { reachBoth } from '../two-paths.ts';
import { type Can, factsOf } from './can.ts';
import { type PlaceInTrash, inPlaces, placeOf } from './names.ts';
import { isOurNote, makeNote } from './note.ts';

/** Renames it into the trash. Its note comes first and is made exclusively, so that nothing there is ever replaced. */
export function putInto(can: Can, path: string, inode: number): Trashed {
  return inPlaces(can, { path, inode }, (at) => tryPlace(can, path, at));
}

/** `undefined`: the name is taken. */
function tryPlace(can: Can, path: string, { place, note }: PlaceInTrash): Trashed | undefined {
  if (factsOf(place)) return undefined;
  let claimed = false;
  try {
    if (note !== undefined) makeNote(note, path, can);
    claimed = true;
    reachBoth(path, place, renameNew);
    return { place, ...(note === undefined ? {} : { note }) };
  } catch (error) {
    if (claimed && note !== undefined) unlinkSync(toSystem(note));
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
}

/** Takes away the note of an attempt that was ended before its rename: the file is not there, but where it was. */
export function forgetAttempt(can: Can, path: string, inode: number): void {
  if (can.info === undefined || !factsOf(can.info)?.isDirectory()) return;
  inPlaces(can, { path, inode }, ({ place, note }) => {
    if (factsOf(place) || note === undefined) return undefined;
    const there = factsOf(note) !== undefined;
    if (there && !isOurNote(note, path, can)) return undefined;
    if (there) unlinkSync(toSystem(note));
    // The first free name: no attempt came further.
    return true;
  });
}

/** What went there from the path and has the inode, under one of the names that are tried for it. */
export function findByName(can: Can, path: string, inode: number): Trashed | undefined {
  if (!factsOf(can.files)?.isDirectory()) return undefined;
  const isFree = {};
  const found = inPlaces<PlaceInTrash | typeof isFree>(can, { path, inode }, (at) => {
    const facts = factsOf(at.place);
    // No attempt came further than the first free name.
    return facts ? (facts.ino === inode ? at : undefined) : isFree;
  });
  return 'place' in found ? withNote(found) : undefined;
}

/** What has the inode, whatever its name there: somebody may have renamed it. Looks at all that lies in the trash. */
export function findByInode(can: Can, inode: number): Trashed | undefined {
  const name = namesIn(can.files).find((one) => factsOf(joinNative(can.files, one))?.ino === inode);
  return name === undefined ? undefined : withNote(placeOf(can, name));
}

function withNote({ place, note }: PlaceInTrash): Trashed {
  const hasNote = note !== undefined && factsOf(note) !== undefined;
  return { place, ...(hasNote ? { note } : {}) };
}

/** The last that we have noted to have been at the path. */
export function findNoted(can: Can, path: string): Trashed | undefined {
  const { info } = can;
  if (info === undefined) return undefined;
  const found = namesIn(info)
    .map((name) => placeOf(can, name.replace(/\.trashinfo$/, '')))
    .filter((at): at is Required<PlaceInTrash> => at.note !== undefined && isOurNote(at.note, path, can))
    .filter(({ place }) => factsOf(place))
    .map((at) => ({ at, time: factsOf(at.note)?.mtimeMs ?? 0 }));
  return found.toSorted((a, b) => a.time - b.time).at(-1)?.at;
}

function namesIn(folder: string): string[] {
  if (!factsOf(folder)?.isDirectory()) return [];
  return readdirSync(toSystem(folder), { encoding: 'buffer' }).map(decodeNative);
}
