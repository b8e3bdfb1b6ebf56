import { access } from 'node:fs/promises';
import { watch } from 'node:fs';
import type { Mount, Mounts } from '@sd/core/ports/mounts.ts';
import type { Systeminformation } from 'systeminformation';
import { isCopyOnWrite, isNetwork } from './classify.ts';

/** What `fsSize()` and `blockDevices()` of the library `systeminformation` answer. */
export interface SystemAnswers {
  readonly sizes: readonly Systeminformation.FsSizeData[];
  readonly devices: readonly Systeminformation.BlockDevicesData[];
}

/** Mounts on macOS and Windows, asked through the systems' own programs: it takes a second or two. */
export function systemMounts(platform: 'darwin' | 'win32'): Pick<Mounts, 'list' | 'onChange'> {
  return {
    async list() {
      const { fsSize, blockDevices } = await import('systeminformation');
      const [sizes, devices] = await Promise.all([fsSize(), blockDevices()]);
      return platform === 'darwin' ? macMounts({ sizes, devices }) : windowsMounts({ sizes, devices });
    },
    onChange: platform === 'darwin' ? onVolumesFolder : onDriveLetters,
  };
}

/** The data of macOS lies beside its sealed system, and shows at `/` as if it were one with it. */
const DATA = '/System/Volumes/Data';

export function macMounts({ sizes, devices }: SystemAnswers): Mount[] {
  const hasData = sizes.some(({ mount }) => mount === DATA);
  return sizes
    .filter(({ mount }) => !(hasData && mount === '/'))
    .map((size) => {
      const device = devices.find(({ name }) => name === size.fs);
      const fileSystem = fileSystemOf(device?.fsType || size.type);
      return mountOf({
        path: size.mount === DATA ? '/' : size.mount,
        source: size.fs,
        fileSystem,
        virtual:
          /^\/(System\/Volumes\/(?!Data$)|private\/var\/|dev$|Library\/Developer\/)/.test(size.mount) ||
          size.fs.startsWith('map '),
        readOnly: size.rw === false,
        // Shares are none of the devices of this machine.
        network: isNetwork(fileSystem) || (!size.fs.startsWith('/dev/') && /^\/\/|:/.test(size.fs)),
        id: device?.uuid,
        label: device?.label,
        removable: device && (device.removable || /usb|secure digital/i.test(device.protocol)),
        medium: mediumOf(device?.physical),
      });
    });
}

export function windowsMounts({ sizes, devices }: SystemAnswers): Mount[] {
  return devices
    .filter(({ mount, fsType }) => /^[A-Z]:$/i.test(mount) && fsType !== '')
    .map((device) =>
      mountOf({
        path: `${device.mount}/`,
        source: device.mount,
        fileSystem: fileSystemOf(device.fsType),
        virtual: false,
        readOnly: sizes.find(({ mount }) => mount === device.mount)?.rw === false,
        network: device.physical === 'Network',
        id: device.uuid,
        label: device.label,
        removable: device.removable,
        medium: mediumOf(device.physical),
      }),
    );
}

interface Facts {
  readonly path: string;
  readonly source: string;
  readonly fileSystem: string;
  readonly virtual: boolean;
  readonly readOnly: boolean;
  readonly network: boolean;
  readonly id: string | undefined;
  readonly label: string | undefined;
  readonly removable: boolean | undefined;
  readonly medium: Mount['medium'] | undefined;
}

function mountOf({ id, label, removable, medium, ...facts }: Facts): Mount {
  return {
    ...facts,
    superblock: numberOf(facts.source),
    root: '/',
    copyOnWrite: isCopyOnWrite(facts.fileSystem),
    ...(id ? { fileSystemId: id.toLowerCase() } : {}),
    ...(label ? { label } : {}),
    ...(removable === undefined ? {} : { removable }),
    ...(medium ? { medium } : {}),
  };
}

/** `Case-sensitive APFS`, `Journaled HFS+`, `MS-DOS FAT32`: the systems' words for people, as their programs take them. */
function fileSystemOf(words: string): string {
  const text = words.toLowerCase();
  const known: [RegExp, string][] = [
    [/apfs/, 'apfs'],
    [/hfs/, 'hfs'],
    [/exfat/, 'exfat'],
    [/ms-dos|msdos|^fat/, 'vfat'],
    [/ntfs/, 'ntfs'],
  ];
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? text;
}

function mediumOf(physical: string | undefined): Mount['medium'] | undefined {
  const media: Readonly<Record<string, Mount['medium']>> = {
    SSD: 'ssd',
    HDD: 'hdd',
    'CD/DVD': 'optical',
    RAM: 'memory',
  };
  return physical === undefined ? undefined : media[physical];
}

/** FNV-1a: the systems give no number of their own. */
function numberOf(source: string): number {
  let hash = 0x811c9dc5;
  for (const letter of source) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** macOS mounts what comes and goes below /Volumes. */
function onVolumesFolder(call: () => void): () => void {
  const watcher = watch('/Volumes', { persistent: false }, () => call());
  return () => watcher.close();
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const LETTERS_MS = 2_000;

/** To ask which letters are taken is cheap; to ask what is there is not. */
function onDriveLetters(call: () => void): () => void {
  let known: string | undefined;
  let asking = false;
  const look = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    const there = await Promise.all(
      LETTERS.map((letter) =>
        access(`${letter}:\\`).then(
          () => letter,
          () => '',
        ),
      ),
    );
    asking = false;
    const now = there.join('');
    if (known !== undefined && known !== now) call();
    known = now;
  };
  const timer = setInterval(() => void look(), LETTERS_MS).unref();
  return () => clearInterval(timer);
}
