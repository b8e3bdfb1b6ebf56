import { closeSync, constants, openSync } from 'node:fs';
import { fill } from '../read-files.ts';

/** Where a file system keeps its mark and its UUID, in bytes from the start of the device. */
interface Format {
  readonly mark: { readonly at: number; readonly bytes: readonly number[] };
  readonly id: { readonly at: number; readonly length: 16 | 8 | 4 };
}

const text = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));

const FORMATS: readonly Format[] = [
  { mark: { at: 0x438, bytes: [0x53, 0xef] }, id: { at: 0x468, length: 16 } }, // ext2, ext3, ext4
  { mark: { at: 0, bytes: text('XFSB') }, id: { at: 32, length: 16 } },
  { mark: { at: 0x10040, bytes: text('_BHRfS_M') }, id: { at: 0x10020, length: 16 } }, // btrfs
  { mark: { at: 0x400, bytes: [0x10, 0x20, 0xf5, 0xf2] }, id: { at: 0x46c, length: 16 } }, // f2fs
  { mark: { at: 3, bytes: text('NTFS    ') }, id: { at: 0x48, length: 8 } },
  { mark: { at: 3, bytes: text('EXFAT   ') }, id: { at: 100, length: 4 } },
  { mark: { at: 82, bytes: text('FAT32   ') }, id: { at: 67, length: 4 } },
  { mark: { at: 54, bytes: text('FAT1') }, id: { at: 39, length: 4 } },
];
const LENGTH = 0x10048;

/**
 * The UUID in the file system's superblock, written as udev writes it. `undefined` where the format is not known here,
 * or this user may not read the device: most may not, and ask udev.
 */
export function superblockId(device: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(device, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const start = new Uint8Array(LENGTH);
    return idIn(start.subarray(0, fill(file, start, 0)));
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

export function idIn(start: Uint8Array): string | undefined {
  const format = FORMATS.find(({ mark }) => mark.bytes.every((byte, at) => start[mark.at + at] === byte));
  if (!format) return undefined;
  const { at, length } = format.id;
  const bytes = start.subarray(at, at + length);
  if (bytes.length < length || bytes.every((byte) => byte === 0)) return undefined;
  const hex = (part: Uint8Array): string => Buffer.from(part).toString('hex');
  if (length === 16) return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const serial = hex(bytes.toReversed()).toUpperCase();
  return length === 8 ? serial : `${serial.slice(0, 4)}-${serial.slice(4)}`;
}
