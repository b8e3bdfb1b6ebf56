import { ACTIONS_FILE } from '../db/actions/open.ts';
import { JOBS_FILE } from '../db/jobs/open.ts';
import { NAMES_FILE } from '../db/names/schema.ts';
import { TEXTS_FILE } from '../db/texts/schema.ts';
import type { Files } from '../ports/files.ts';
import { BACKUPS_FOLDER, DATABASE_FILE, DESCRIPTION_FILE, NEXT_SUFFIX, SQLITE_COMPANIONS } from './library-files.ts';
import { type LibraryDescription, writeDescription } from './library-json.ts';

type Swap = NonNullable<LibraryDescription['swap']>;

/**
 * Puts new databases in the place of the old ones, all or none, at any crash: the new files lie beside the old, whole
 * and synced; then `library.json` says `swap` (from here on it will happen); then this runs, now and again at each
 * opening until it is through. Every step can be repeated. Nobody has the databases open.
 */
export function finishSwap(files: Files, folder: string, description: LibraryDescription): LibraryDescription {
  const { swap, ...rest } = description;
  files.remove(`${folder}/${DESCRIPTION_FILE}.new`);
  if (!swap) {
    removeLeftovers(files, folder);
    return description;
  }
  const keep = swap.keep === undefined ? undefined : `${folder}/${BACKUPS_FOLDER}/${swap.keep}`;
  if (keep !== undefined) {
    files.makeFolder(keep, { private: true });
    for (const name of swap.aside ?? []) moveAside(files, folder, name, keep);
  }
  for (const name of swap.replace) replace(files, folder, name, keep);
  // Of another database now, or under a key that was to be replaced; what is not among the new ones is made anew.
  removeDatabase(files, `${folder}/${NAMES_FILE}`);
  if (!swap.replace.includes(TEXTS_FILE)) removeDatabase(files, `${folder}/${TEXTS_FILE}`);
  writeDescription(files, folder, rest);
  return rest;
}

/** Says `swap`, then does it. */
export function swapDatabases(
  files: Files,
  folder: string,
  description: LibraryDescription,
  swap: Swap,
): LibraryDescription {
  writeDescription(files, folder, { ...description, swap });
  return finishSwap(files, folder, { ...description, swap });
}

/** What a change that never got to its swap has left. */
export function removeLeftovers(files: Files, folder: string): void {
  for (const name of [DATABASE_FILE, JOBS_FILE, ACTIONS_FILE, TEXTS_FILE])
    removeDatabase(files, `${folder}/${name}${NEXT_SUFFIX}`);
}

function removeDatabase(files: Files, path: string): void {
  for (const companion of SQLITE_COMPANIONS) files.remove(path + companion);
  files.remove(path);
}

/** Gone from its place is done: the new file is moved last. */
function replace(files: Files, folder: string, name: string, keep: string | undefined): void {
  const path = `${folder}/${name}`;
  if (!files.facts(path + NEXT_SUFFIX)) return;
  // A log of the old database would be read into the new one.
  if (keep !== undefined) moveAside(files, folder, name, keep);
  else for (const companion of SQLITE_COMPANIONS) files.remove(path + companion);
  files.rename(path + NEXT_SUFFIX, path);
}

function moveAside(files: Files, folder: string, name: string, keep: string): void {
  for (const file of [...SQLITE_COMPANIONS.map((companion) => name + companion), name]) {
    if (files.facts(`${folder}/${file}`)) files.rename(`${folder}/${file}`, `${keep}/${file}`);
  }
}
