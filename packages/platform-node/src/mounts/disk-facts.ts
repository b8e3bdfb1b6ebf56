import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Mount } from '@sd/core/ports/mounts.ts';
import type { MountLine } from './mountinfo.ts';
import { superblockFacts } from './superblock.ts';

/** What Linux says of disks, to any user: the links udev keeps in /dev/disk, its database, and /sys. */
export class DiskFacts {
  readonly #top: string;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #labels: ReadonlyMap<string, string>;

  /** `top`: where /dev, /run and /sys are; empty but in tests. */
  constructor(top: string) {
    this.#top = top;
    this.#ids = linksIn(`${top}/dev/disk/by-uuid`);
    this.#labels = linksIn(`${top}/dev/disk/by-label`);
  }

  of(line: MountLine): Pick<Mount, 'fileSystemId' | 'label' | 'removable' | 'medium'> {
    const name = this.#deviceName(line);
    if (name === undefined) return line.fileSystem === 'tmpfs' ? { medium: 'memory' } : {};
    const udev = this.#udev(name);
    const known = this.#ids.get(name) ?? udev.get('ID_FS_UUID');
    // Without udev, as in a container, the disk itself tells those who may read it.
    const told = known === undefined ? superblockFacts(`${this.#top}/dev/${name}`) : {};
    const id = known ?? told.id;
    const label = this.#labels.get(name) ?? unhexed(udev.get('ID_FS_LABEL_ENC')) ?? told.label;
    return { ...(id ? { fileSystemId: id } : {}), ...(label ? { label } : {}), ...this.#disk(name) };
  }

  /** The kernel's name of the device: `sda1`, `dm-0`. */
  #deviceName({ major, minor, source }: MountLine): string | undefined {
    // Major 0 is made up by file systems that are on several devices, or on none.
    if (major !== 0) {
      const link = this.#real(`/sys/dev/block/${major}:${minor}`);
      if (link !== undefined) return basename(link);
    }
    // A file system on several names them all.
    const [first = ''] = source.split(':');
    if (!first.startsWith('/dev/')) return undefined;
    const real = this.#real(first);
    return real === undefined ? undefined : basename(real);
  }

  #udev(name: string): ReadonlyMap<string, string> {
    const number = this.#line(`/sys/class/block/${name}/dev`);
    const database = number === undefined ? undefined : this.#text(`/run/udev/data/b${number}`);
    const facts = (database ?? '').split('\n').flatMap((line): [string, string][] => {
      const found = /^E:([A-Z_]+)=(.*)$/.exec(line);
      return found?.[1] === undefined ? [] : [[found[1], found[2] ?? '']];
    });
    return new Map(facts);
  }

  #disk(name: string): Pick<Mount, 'removable' | 'medium'> {
    const whole = this.#wholeDisk(name);
    if (whole === undefined) return {};
    const removable =
      this.#line(`${whole}/removable`) === '1' ||
      /\/usb\d+\//.test(whole) ||
      this.#line(`${whole}/device/type`) === 'SD';
    const rotational = this.#line(`${whole}/queue/rotational`);
    const medium = /^sr\d+$/.test(basename(whole)) ? 'optical' : rotational === '1' ? 'hdd' : 'ssd';
    return { removable, ...(rotational === undefined ? {} : { medium }) };
  }

  /** The folder in /sys of the disk that a partition, or an encrypted or logical volume, lies on. */
  #wholeDisk(name: string, depth = 0): string | undefined {
    const folder = this.#real(`/sys/class/block/${name}`);
    if (folder === undefined || depth > 8) return folder;
    if (this.#line(`${folder}/partition`) !== undefined) return dirname(folder);
    const [below] = names(`${this.#top}${folder}/slaves`);
    return below === undefined ? folder : this.#wholeDisk(below, depth + 1);
  }

  /** As the system would say it, without `top`. */
  #real(path: string): string | undefined {
    try {
      return realpathSync(this.#top + path).slice(this.#top === '' ? 0 : realpathSync(this.#top).length);
    } catch {
      return undefined;
    }
  }
  #text(path: string): string | undefined {
    try {
      return readFileSync(this.#top + path, 'utf8');
    } catch {
      return undefined;
    }
  }
  #line(path: string): string | undefined {
    return this.#text(path)?.trim();
  }
}

/** Device name → what links to it are called. */
function linksIn(folder: string): Map<string, string> {
  return new Map(
    names(folder).flatMap((name): [string, string][] => {
      try {
        return [[basename(readlinkSync(`${folder}/${name}`)), unhexed(name) ?? name]];
      } catch {
        return [];
      }
    }),
  );
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** udev writes what has no place in a file name as `\x` and two hexadecimal digits, byte by byte. */
function unhexed(text: string | undefined): string | undefined {
  if (!text?.includes('\\x')) return text;
  const bytes = text.replace(/\\x([0-9a-f]{2})|[^]/gi, (character, hex?: string) =>
    hex === undefined ? Buffer.from(character).toString('latin1') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
