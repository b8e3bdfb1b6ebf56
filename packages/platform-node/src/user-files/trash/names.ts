import { basenameOf, joinNative } from '@sd/core/domain/native-path.ts';
import { codeOf } from '../errors.ts';
import type { Can } from './can.ts';

/** Where a thing may lie in a trash, and its note. */
export interface PlaceInTrash {
  readonly place: string;
  /** Absent where the system keeps none. */
  readonly note?: string;
}

/** What is counted on, until counting would take ever longer: a trash may have every folder's `index.html`. */
const COUNTED = 10;

/**
 * Calls `use` with one place after another for what has the path, until it answers something. The order is the same each
 * time for the same `inode`: so what an attempt before has left is met again.
 */
export function inPlaces<T>(
  can: Can,
  { path, inode }: { path: string; inode: number },
  use: (at: PlaceInTrash) => T | undefined,
): T {
  let wanted = basenameOf(path);
  for (let tried = 1; ; tried++) {
    try {
      const found = use(placeOf(can, nameInTrash(wanted, tried, inode)));
      if (found !== undefined) return found;
    } catch (error) {
      // The note's name is longer, and so is a numbered one.
      if (codeOf(error) !== 'ENAMETOOLONG' || wanted.length < 2) throw error;
      wanted = wanted.slice(0, Math.ceil(wanted.length / 2));
    }
  }
}

export function placeOf(can: Can, name: string): PlaceInTrash {
  const place = joinNative(can.files, name);
  return can.info === undefined ? { place } : { place, note: joinNative(can.info, `${name}.trashinfo`) };
}

function nameInTrash(name: string, tried: number, inode: number): string {
  if (tried === 1) return name;
  const number = tried < COUNTED ? String(tried) : `${inode.toString(36)}-${tried - COUNTED}`;
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} ${number}${name.slice(dot)}` : `${name} ${number}`;
}
