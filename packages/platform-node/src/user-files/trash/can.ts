import { type Stats, lstatSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isNothingThere } from '../../fs-errors.ts';
import { makeFolders } from '../../make-folders.ts';
import { toSystem } from '../../system-path.ts';
import { refusal } from '../errors.ts';

/** A folder that is a trash. Its names are those of the files in it, by the same name there is a note of each. */
export interface Can {
  readonly files: string;
  /** Absent where the system keeps none. */
  readonly info?: string;
  /** Paths in notes are relative to it; absent in the home's trash, where they are absolute. */
  readonly top?: string;
  /** Of our own making: it has our mark in it. */
  readonly ours?: true;
}

/** Beside `files` and `info`: what tells a trash of ours from a folder that somebody called so. */
export const MARK = '.spacedrive-trash';

/** As the freedesktop.org specification lays it out. */
export function xdgCan(folder: string, top?: string): Can {
  return { files: `${folder}/files`, info: `${folder}/info`, ...(top === undefined ? {} : { top }) };
}

/** The user, in names of folders: a number where there are numbers. */
export function userName(): string {
  return String(process.getuid?.() ?? userInfo().username.replaceAll(/[^A-Za-z0-9._-]/g, '_'));
}

export function makePrivate(folder: string): void {
  if (!factsOf(folder)) makeFolders(folder, 0o700);
}

export function factsOf(path: string): Stats | undefined {
  try {
    return lstatSync(toSystem(path));
  } catch (error) {
    if (isNothingThere(error)) return undefined;
    throw error;
  }
}

/** A trash is nobody else's, and no link that leads to another place. */
export function checkOwn(folder: string): void {
  const facts = factsOf(folder);
  const user = process.getuid?.();
  if (!facts?.isDirectory() || (user !== undefined && facts.uid !== user))
    throw refusal('CONFLICT', folder, 'cannot be used as a trash: it is not a folder of this user');
}
