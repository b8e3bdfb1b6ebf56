import { readdirSync } from 'node:fs';
import { isWithin, joinNative, namesBelow } from '../domain/native-path.ts';
import type { FileFacts, Files } from '../ports/files.ts';
import type { NameLimits } from '../ports/user-files.ts';

/** A folder that stands for the top of another file system. What is not said is as it is. */
export interface FakeVolume {
  /** Native path. */
  readonly path: string;
  readonly caseInsensitive?: boolean;
  /** May be changed while it is used, as `room` is. */
  readOnly?: boolean;
  /** Bytes that still fit. */
  room?: number;
  readonly clones?: boolean;
  /** It has the number of the device it lies on, as what is not faked knows it. */
  readonly sameDevice?: boolean;
  /** Files have other inode numbers each time they are looked at. */
  changesInodes?: boolean;
  readonly lacks?: NameLimits['lacks'];
  readonly nameLength?: number;
  readonly forbidden?: string;
  readonly fileSize?: number;
}

let lastInode = 2 ** 30;

/** Far from the numbers that a kernel gives out. */
const FIRST_DEVICE = 2 ** 40;

/** The same files, with a device number for each volume, its room, and names as it takes them. */
export function fakeVolumeFiles(files: Files, volumes: readonly FakeVolume[]): Files {
  const at = (path: string): number => volumes.findIndex((volume) => isWithin(path, volume.path));
  const real = (path: string): string => {
    const volume = volumes[at(path)];
    return volume ? pathOnDisk(volume, path) : path;
  };
  const seen = (path: string, facts: FileFacts): FileFacts => factsOnVolume(volumes, at(path), facts);
  return {
    ...files,
    facts(path) {
      const facts = files.facts(real(path));
      return facts && seen(path, facts);
    },
    listFolder(path, into, skip) {
      files.listFolder(real(path), into, skip);
      for (const [index, name] of into.names.entries()) {
        const number = at(joinNative(path, name));
        if (number < 0) continue;
        if (!volumes[number]?.sameDevice) into.devices[index] = FIRST_DEVICE + number;
        if (volumes[number]?.changesInodes) into.inodes[index] = ++lastInode;
      }
    },
    readAt: (path, into, position) => files.readAt(real(path), into, position),
    linkTarget: (path) => files.linkTarget(real(path)),
    realPath: (path) => files.realPath(real(path)),
    mayWriteIn: (folder) => volumes[at(folder)]?.readOnly !== true && files.mayWriteIn(real(folder)),
    space(path) {
      const space = files.space(real(path));
      const room = volumes[at(path)]?.room;
      return room === undefined ? space : { ...space, free: room };
    },
  };
}

/** Facts as the volume with that number gives them; below 0 it is none of them. */
export function factsOnVolume(volumes: readonly FakeVolume[], number: number, facts: FileFacts): FileFacts {
  const volume = volumes[number];
  if (!volume) return facts;
  return {
    ...facts,
    inode: volume.changesInodes ? ++lastInode : facts.inode,
    device: volume.sameDevice ? facts.device : FIRST_DEVICE + number,
  };
}

/** The path as the names are written on the disk, where the volume takes them without regard to case. */
export function pathOnDisk(volume: FakeVolume, path: string): string {
  if (!volume.caseInsensitive) return path;
  return (namesBelow(volume.path, path) ?? []).reduce(
    (folder, name) => joinNative(folder, nameIn(folder, name)),
    volume.path,
  );
}

function nameIn(folder: string, wanted: string): string {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return wanted;
  }
  if (names.includes(wanted)) return wanted;
  return names.find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? wanted;
}
