import {
  type Stats,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basenameOf, decodeNative, encodeNative, isWithin, joinNative, parentOf } from '@sd/core/domain/native-path.ts';
import { SdError } from '@sd/core/errors.ts';
import { isNothingThere } from './fs-errors.ts';
import { toSystem } from './system-path.ts';

/**
 * The trash of freedesktop.org (Trash specification 1.0): the home trash for what lies on the home's file system, else
 * one at the top of the file system it lies on. Where neither can be used it fails: nothing is copied, nothing deleted.
 */
export function moveToXdgTrash(given: string): string {
  const path = withRealFolder(given);
  const facts = lstatSync(toSystem(path));
  if (parentOf(path) === undefined || isWithin(homedir(), path))
    throw refusal(path, 'holds the home folder or is the root');

  const home = homeTrash();
  if (isWithin(home, path)) throw refusal(path, 'holds the trash itself');
  makePrivate(home);
  if (statSync(home).dev === facts.dev) {
    try {
      return put(path, home, path);
    } catch (error) {
      // One device number can be two mounts (bind mounts, subvolumes): the one it lies on has a trash of its own.
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    }
  }
  const top = topOf(path, facts.dev);
  if (top === path) throw refusal(path, 'is the top of its file system');
  return put(path, topTrash(top), path.slice(joinNative(top, '').length));
}

function refusal(path: string, why: string): SdError {
  return new SdError('CONFLICT', `${path} cannot go to the trash: it ${why}`);
}

/** Its folder's symbolic links resolved; its own name stays, as a link in the trash is still that link. */
function withRealFolder(path: string): string {
  const folder = parentOf(path);
  if (folder === undefined) return path;
  return joinNative(decodeNative(realpathSync.native(toSystem(folder), 'buffer')), basenameOf(path));
}

function homeTrash(): string {
  const data = process.env['XDG_DATA_HOME'];
  return `${data?.startsWith('/') ? data.replace(/\/+$/, '') : `${homedir()}/.local/share`}/Trash`;
}

function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** The highest folder above `path` that is still on its file system. */
function topOf(path: string, device: number): string {
  let top = path;
  for (
    let above = parentOf(top);
    above !== undefined && lstatSync(toSystem(above)).dev === device;
    above = parentOf(top)
  )
    top = above;
  return top;
}

/** `$top/.Trash/$uid` where an administrator made `.Trash` for all (sticky, no link), else `$top/.Trash-$uid`. */
function topTrash(top: string): string {
  const user = process.getuid?.() ?? 0;
  const shared = joinNative(top, '.Trash');
  const facts = factsOf(shared);
  const usable = facts?.isDirectory() && (facts.mode & 0o1000) !== 0;
  const trash = usable ? `${shared}/${user}` : joinNative(top, `.Trash-${user}`);
  makePrivate(trash);
  const own = lstatSync(toSystem(trash));
  if (!own.isDirectory() || own.uid !== user) throw refusal(trash, 'is not a folder of this user');
  return trash;
}

function factsOf(path: string): Stats | undefined {
  try {
    return lstatSync(toSystem(path));
  } catch (error) {
    if (isNothingThere(error)) return undefined;
    throw error;
  }
}

/** The note comes first and is made exclusively: it claims the name, so that nothing in the trash is ever overwritten. */
function put(path: string, trash: string, recorded: string): string {
  makePrivate(`${trash}/info`);
  makePrivate(`${trash}/files`);
  const name = claim(trash, basenameOf(path), recorded);
  const target = `${trash}/files/${name}`;
  try {
    renameSync(toSystem(path), toSystem(target));
  } catch (error) {
    unlinkSync(toSystem(`${trash}/info/${name}.trashinfo`));
    throw error;
  }
  return target;
}

function claim(trash: string, wanted: string, recorded: string): string {
  const note = `[Trash Info]\nPath=${percentEncoded(recorded)}\nDeletionDate=${localTime(new Date())}\n`;
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? wanted : numbered(wanted, copy);
    if (factsOf(`${trash}/files/${name}`)) continue;
    try {
      writeFileSync(toSystem(`${trash}/info/${name}.trashinfo`), note, { flag: 'wx', mode: 0o600, flush: true });
      return name;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENAMETOOLONG' && wanted.length > 1)
        return claim(trash, wanted.slice(0, Math.ceil(wanted.length / 2)), recorded);
      if (code !== 'EEXIST') throw error;
    }
  }
}

/** `report.pdf` → `report 2.pdf`. */
function numbered(name: string, copy: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} ${copy}${name.slice(dot)}` : `${name} ${copy}`;
}

/** As in a URL (RFC 2396), byte by byte, `/` kept. */
function percentEncoded(path: string): string {
  let text = '';
  for (const byte of encodeNative(path)) {
    const character = String.fromCharCode(byte);
    text += /[A-Za-z0-9\-_.!~*'()/]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
