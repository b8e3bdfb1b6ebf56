import { type Dirent, type Stats, constants, lstatSync, readdirSync } from 'node:fs';
import { decodeNative } from '@sd/core/domain/native-path.ts';
import type { EntryType, FolderListing } from '@sd/core/ports/files.ts';
import { guarded } from './fs-errors.ts';
import { type SystemPath, reach } from './system-path.ts';

const LONGEST_NAME = 255;
const SLASH = Buffer.from('/');
const WITH_TYPES = { withFileTypes: true } as const;
const NO_THROW = { throwIfNoEntry: false } as const;
const { S_IFMT, S_IFREG, S_IFDIR, S_IFLNK } = constants;
/** What a byte that is no text becomes when Node decodes it: the name must be read again, as bytes. */
const REPLACEMENT = '\ufffd';

/** `ReadFiles.listFolder`. */
export function listFolder(path: string, into: FolderListing, skip?: Skip): void {
  into.names.length = 0;
  into.vanished.length = 0;
  guarded(path, 'read', () => reach(path, (folder) => list(folder, into, skip), LONGEST_NAME + 1));
}

type Skip = (name: string, type: EntryType) => boolean;

/** Most of what a scan does happens in this loop: a million names are that many calls of each function in it. */
function list(folder: SystemPath, into: FolderListing, skip: Skip | undefined): void {
  if (typeof folder !== 'string') return listBytes(folder, into, skip);
  const listed = readdirSync(folder, WITH_TYPES);
  // Before the first question: `skip` may count, so that each name is asked about once.
  if (process.platform !== 'win32' && listed.some(isNoText)) return listBytes(Buffer.from(folder), into, skip);
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  for (const child of listed) {
    const { name } = child;
    if (skip?.(name, typeOfDirent(child))) continue;
    put(into, name, prefix + name);
  }
}

function isNoText({ name }: Dirent): boolean {
  return name.includes(REPLACEMENT);
}

function listBytes(folder: Buffer, into: FolderListing, skip: Skip | undefined): void {
  for (const child of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const name = decodeNative(child.name);
    if (!skip?.(name, typeOfDirent(child))) put(into, name, Buffer.concat([folder, SLASH, child.name]));
  }
}

function put(into: FolderListing, name: string, path: SystemPath): void {
  let facts: Stats | undefined;
  try {
    facts = lstatSync(path, NO_THROW);
  } catch {
    facts = undefined;
  }
  if (facts === undefined) {
    into.vanished.push(name);
    return;
  }
  const at = into.names.length;
  if (at === into.types.length) grow(into);
  into.names.push(name);
  into.types[at] = typeOfMode(facts.mode);
  into.sizes[at] = facts.size;
  into.mtimes[at] = microseconds(facts);
  into.inodes[at] = facts.ino;
  into.devices[at] = facts.dev;
  into.links[at] = facts.nlink;
}

function grow(into: FolderListing): void {
  const room = Math.max(256, into.types.length * 2);
  const wider = <A extends Uint8Array | Float64Array | Uint32Array>(longer: A, column: A): A => (
    longer.set(column),
    longer
  );
  into.types = wider(new Uint8Array(room), into.types);
  into.sizes = wider(new Float64Array(room), into.sizes);
  into.mtimes = wider(new Float64Array(room), into.mtimes);
  into.inodes = wider(new Float64Array(room), into.inodes);
  into.devices = wider(new Float64Array(room), into.devices);
  into.links = wider(new Uint32Array(room), into.links);
}

/** The last moment a `Date` can name. A file system may hold times far beyond it, which no database takes. */
const LAST_MOMENT = 8.64e18;

/** Microseconds: the finest a double holds exactly for today's dates. */
export function microseconds(facts: Stats): number {
  const time = Math.round(facts.mtimeMs * 1000);
  return time > LAST_MOMENT ? LAST_MOMENT : time < -LAST_MOMENT ? -LAST_MOMENT : time;
}

export function typeOfMode(mode: number): EntryType {
  const type = mode & S_IFMT;
  return type === S_IFREG ? 0 : type === S_IFDIR ? 1 : type === S_IFLNK ? 2 : 3;
}

function typeOfDirent(child: Dirent | Dirent<Buffer>): EntryType {
  return child.isFile() ? 0 : child.isDirectory() ? 1 : child.isSymbolicLink() ? 2 : 3;
}
