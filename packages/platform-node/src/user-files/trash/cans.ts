import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isWithin, joinNative, parentOf } from '@sd/core/domain/native-path.ts';
import { toSystem } from '../../system-path.ts';
import { mountOf } from '../mount-of.ts';
import { type Can, checkOwn, factsOf, makePrivate, userName, xdgCan } from './can.ts';
import { makeOurCan, ourCan } from './our-can.ts';

/** A trash that something may go to: `make` is called when it is tried. Throws where it cannot be used. */
export interface Candidate {
  readonly can: Can;
  readonly make: () => void;
}

const STICKY = 0o1000;

/**
 * Where what lies at the path may go, in this order: the home's trash, the one at the top of its file system, one of
 * ours there. `path` has no links above its last name.
 */
export function* candidates(path: string, device: number): Iterable<Candidate> {
  const home = homeTrash();
  if (home !== undefined && deviceAt(home) === device) yield candidate(home);
  const top = topOf(path, device);
  if (process.platform === 'darwin') yield* macTop(top);
  else if (process.platform !== 'win32') yield* xdgTop(top);
  // Where the top is not this user's to write in, the highest folder that is.
  for (const folder of foldersFrom(top, path)) yield { can: ourCan(folder), make: () => makeOurCan(folder) };
}

function candidate(folder: string, top?: string): Candidate {
  const can = process.platform === 'darwin' ? { files: folder } : xdgCan(folder, top);
  return {
    can,
    make: () => {
      makePrivate(folder);
      checkOwn(folder);
      makePrivate(can.files);
      if (can.info !== undefined) makePrivate(can.info);
    },
  };
}

/** `undefined` where this user has no home. */
export function homeTrash(): string | undefined {
  const home = homedir();
  if (process.platform === 'win32') return undefined;
  if (process.platform === 'darwin') return home === '' ? undefined : `${home}/.Trash`;
  const data = process.env['XDG_DATA_HOME'];
  if (data?.startsWith('/')) return `${data.replace(/\/+$/, '')}/Trash`;
  return home.startsWith('/') && home !== '/' ? `${home}/.local/share/Trash` : undefined;
}

/** Of the file system of a folder that is, or would be made. */
export function deviceAt(folder: string): number | undefined {
  for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) {
    const facts = statSync(toSystem(at), { throwIfNoEntry: false });
    if (facts) return facts.dev;
  }
  return undefined;
}

/** `$top/.Trash/$uid` where an administrator made `.Trash` for all (sticky, no link), then `$top/.Trash-$uid`. */
function* xdgTop(top: string): Iterable<Candidate> {
  const shared = joinNative(top, '.Trash');
  const facts = factsOf(shared);
  if (facts?.isDirectory() && (facts.mode & STICKY) !== 0) yield candidate(`${shared}/${userName()}`, top);
  yield candidate(joinNative(top, `.Trash-${userName()}`), top);
}

function* macTop(top: string): Iterable<Candidate> {
  const shared = joinNative(top, '.Trashes');
  const facts = factsOf(shared);
  if (top !== '/' && facts?.isDirectory() && (facts.mode & STICKY) !== 0)
    yield candidate(`${shared}/${userName()}`, top);
}

/** The highest folder above `path` that is on its file system, as it is mounted there. */
export function topOf(path: string, device: number): string {
  const mount = mountOf(path)?.path;
  let top = path;
  for (let above = parentOf(top); above !== undefined; above = parentOf(top)) {
    if (factsOf(above)?.dev !== device || (mount !== undefined && !isWithin(above, mount))) break;
    top = above;
  }
  return top;
}

function* foldersFrom(top: string, path: string): Iterable<string> {
  const chain: string[] = [];
  for (let at = parentOf(path); at !== undefined && isWithin(at, top); at = parentOf(at)) chain.push(at);
  yield* chain.reverse();
}
