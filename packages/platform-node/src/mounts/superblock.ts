import { closeSync, constants, openSync } from 'node:fs';
import { fill } from '../read-files.ts';

/** Where a file system keeps its mark, its UUID and its label, in bytes from the start of the device. */
interface Format {
  readonly mark: { readonly at: number; readonly bytes: readonly number[] };
  readonly id: { readonly at: number; readonly length: 16 | 8 | 4 };
  readonly label?: { readonly at: number; readonly length: number };
}

export interface SuperblockFacts {
  readonly id?: string;
  readonly label?: string;
}

const text = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));

const FORMATS: readonly Format[] = [
  { mark: { at: 0x438, bytes: [0x53, 0xef] }, id: { at: 0x468, length: 16 }, label: { at: 0x478, length: 16 } }, // ext2, ext3, ext4
  { mark: { at: 0, bytes: text('XFSB') }, id: { at: 32, length: 16 }, label: { at: 108, length: 12 } },
  {
    mark: { at: 0x10040, bytes: text('_BHRfS_M') },
    id: { at: 0x10020, length: 16 },
    label: { at: 0x1012b, length: 256 },
  }, // btrfs
  { mark: { at: 0x400, bytes: [0x10, 0x20, 0xf5, 0xf2] }, id: { at: 0x46c, length: 16 } }, // f2fs
  { mark: { at: 3, bytes: text('NTFS    ') }, id: { at: 0x48, length: 8 } },
  { mark: { at: 3, bytes: text('EXFAT   ') }, id: { at: 100, length: 4 } },
  { mark: { at: 82, bytes: text('FAT32   ') }, id: { at: 67, length: 4 }, label: { at: 71, length: 11 } },
  { mark: { at: 54, bytes: text('FAT1') }, id: { at: 39, length: 4 }, label: { at: 43, length: 11 } },
];
const LENGTH = 0x1022b;
/** What a FAT without a label has in the place of one. */
const NO_LABEL = 'NO NAME';

/**
 * The UUID in the file system's superblock, written as udev writes it, and its label. Nothing where the format is not
 * known here, or this user may not read the device: most may not, and ask udev.
 */
export function superblockFacts(device: string): SuperblockFacts {
  let file: number | undefined;
  try {
    file = openSync(device, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const start = new Uint8Array(LENGTH);
    return factsIn(start.subarray(0, fill(file, start, 0)));
  } catch {
    return {};
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

export function factsIn(start: Uint8Array): SuperblockFacts {
  const format = FORMATS.find(({ mark }) => mark.bytes.every((byte, at) => start[mark.at + at] === byte));
  if (!format) return {};
  const id = start.subarray(format.id.at, format.id.at + format.id.length);
  const label = format.label && textIn(start.subarray(format.label.at, format.label.at + format.label.length));
  return {
    ...(id.length < format.id.length || id.every((byte) => byte === 0) ? {} : { id: written(id) }),
    ...(label === undefined || label === '' || label === NO_LABEL ? {} : { label }),
  };
}

function written(id: Uint8Array): string {
  const hex = (part: Uint8Array): string => Buffer.from(part).toString('hex');
  if (id.length === 16) return hex(id).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const serial = hex(id.toReversed()).toUpperCase();
  return id.length === 8 ? serial : `${serial.slice(0, 4)}-${serial.slice(4)}`;
}

function textIn(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end))
    .toString('utf8')
    .trim();
}
