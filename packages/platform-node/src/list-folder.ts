import { type Dirent, type Stats, constants, lstatSync, readdirSync } from 'node:fs';
import { decodeNative } from '@sd/core/domain/native-path.ts';
import type { EntryType, FolderListing } from '@sd/core/platform.ts';
import { guarded } from './fs-errors.ts';
import { type SystemPath, reach } from './system-path.ts';

const LONGEST_NAME = 255;
/** What a byte that is no text becomes when Node decodes it: the name must be read again, as bytes. */
const REPLACEMENT = '\ufffd';

/** `ReadFiles.listFolder`. */
export function listFolder(path: string, into: FolderListing, skip?: (name: string, type: EntryType) => boolean): void {
  into.names.length = 0;
  into.vanished.length = 0;
  guarded(path, 'read', () =>
    reach(
      path,
      (folder) => {
        for (const [name, system, type] of children(folder)) {
          if (skip?.(name, type)) continue;
          const facts = factsOfChild(below(folder, system));
          if (facts) put(into, name, facts);
          else into.vanished.push(name);
        }
      },
      LONGEST_NAME + 1,
    ),
  );
}

type Child = [name: string, system: string | Buffer, type: EntryType];

function children(folder: SystemPath): Child[] {
  const listed = readdirSync(folder, { withFileTypes: true });
  if (process.platform === 'win32' || !listed.some((child) => child.name.includes(REPLACEMENT))) {
    return listed.map((child) => [child.name, child.name, typeOfDirent(child)]);
  }
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }).map((child) => [
    decodeNative(child.name),
    child.name,
    typeOfDirent(child),
  ]);
}

function below(folder: SystemPath, name: string | Buffer): SystemPath {
  if (typeof folder === 'string' && typeof name === 'string')
    return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
  return Buffer.concat([Buffer.from(folder), Buffer.from('/'), Buffer.from(name)]);
}

function factsOfChild(path: SystemPath): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function put(into: FolderListing, name: string, facts: Stats): void {
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

/** Microseconds: the finest a double holds exactly for today's dates. */
export function microseconds(facts: Stats): number {
  return Math.round(facts.mtimeMs * 1000);
}

export function typeOfMode(mode: number): EntryType {
  const type = mode & constants.S_IFMT;
  return type === constants.S_IFREG ? 0 : type === constants.S_IFDIR ? 1 : type === constants.S_IFLNK ? 2 : 3;
}

function typeOfDirent(child: Dirent | Dirent<Buffer>): EntryType {
  return child.isFile() ? 0 : child.isDirectory() ? 1 : child.isSymbolicLink() ? 2 : 3;
}
