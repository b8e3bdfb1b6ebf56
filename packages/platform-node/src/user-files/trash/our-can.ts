import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { joinNative } from '@sd/core/domain/native-path.ts';
import { toSystem } from '../../system-path.ts';
import { codeOf, refusal } from '../errors.ts';
import { isNoRoom } from './note.ts';
import { type Can, MARK, checkOwn, factsOf, makePrivate, userName, xdgCan } from './can.ts';

const PREFIX = '.sd-trash-';
const WORDS =
  'spacedrive trash 1\nFiles that were put into the trash, on a disk where the system has none of its own.\n';

/** A trash of ours in a folder, laid out as those of the system. */
export function ourCan(folder: string): Can {
  return { ...xdgCan(joinNative(folder, PREFIX + userName()), folder), ours: true };
}

export function isOurName(name: string): boolean {
  return name === PREFIX + userName();
}

/** Makes it where it is not. Throws `CONFLICT` where a folder has its name that is not of our making. */
export function makeOurCan(folder: string): void {
  const trash = joinNative(folder, PREFIX + userName());
  makePrivate(trash);
  checkOwn(trash);
  // Empty it is new, or was left so by who was ended, or had no room, before it was marked.
  if (readdirSync(toSystem(trash)).length === 0) mark(`${trash}/${MARK}`);
  if (!isMarked(trash)) throw refusal('CONFLICT', trash, 'is not of our making');
  makePrivate(`${trash}/files`);
  makePrivate(`${trash}/info`);
}

function mark(path: string): void {
  try {
    writeFileSync(toSystem(path), WORDS, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (isNoRoom(error)) rmSync(toSystem(path), { force: true });
    throw error;
  }
}

export function isMarked(trash: string): boolean {
  const facts = factsOf(`${trash}/${MARK}`);
  return facts?.isFile() === true && facts.size < 1024 && readFileSync(toSystem(`${trash}/${MARK}`), 'utf8') === WORDS;
}
