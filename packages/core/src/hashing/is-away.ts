import type { LocationWithTotals } from '../db/library/locations.ts';
import { FOLDER, nameOfStored } from '../domain/entry.ts';
import { isUnmounted } from '../domain/location.ts';
import type { ReadFiles } from '../platform.ts';

/** Whether the location's folder is not there now. */
export function isAway(location: LocationWithTotals, files: ReadFiles): boolean {
  try {
    const facts = files.facts(nameOfStored(location.path));
    return facts?.type !== FOLDER || isUnmounted(location, facts);
  } catch {
    return false; // there, and not readable
  }
}
