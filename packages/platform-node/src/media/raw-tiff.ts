import { type JpegPreview, jpegAt } from './raw-preview.ts';

/** More directories than any camera writes; a loop of them ends at the first one seen twice. */
const MOST_DIRECTORIES = 64;
const MOST_ENTRIES = 1_000;
const MOST_VALUES = 64;
const ENTRY_BYTES = 12;
const BYTES_OF_TYPE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

const WIDTH = 0x0100;
const HEIGHT = 0x0101;
const STRIP_OFFSETS = 0x0111;
const STRIP_LENGTHS = 0x0117;
const SUB_DIRECTORIES = 0x014a;
const JPEG_OFFSET = 0x0201;
const JPEG_LENGTH = 0x0202;
const PANASONIC_JPEG = 0x002e;

interface Found {
  readonly previews: JpegPreview[];
  width: number;
  height: number;
}
interface Value {
  /** Where its bytes lie in the file. */
  readonly at: number;
  readonly bytes: number;
  readonly numbers: readonly number[];
}

/** The pictures and the largest size in the directories of a TIFF (TIFF 6.0, section 2). What points outside is left out. */
export function tiffDirectories(file: Buffer): Found {
  const found: Found = { previews: [], width: 0, height: 0 };
  const little = file[0] === 0x49;
  const u16 = (at: number): number =>
    at + 2 > file.length ? 0 : little ? file.readUInt16LE(at) : file.readUInt16BE(at);
  const u32 = (at: number): number =>
    at + 4 > file.length ? 0 : little ? file.readUInt32LE(at) : file.readUInt32BE(at);

  const waiting = [u32(4)];
  const seen = new Set<number>();
  for (let at = waiting.shift(); at !== undefined && seen.size < MOST_DIRECTORIES; at = waiting.shift()) {
    if (at < 8 || at + 2 > file.length || seen.has(at)) continue;
    seen.add(at);
    const entries = Math.min(u16(at), MOST_ENTRIES);
    const values = new Map<number, Value>();
    for (let entry = at + 2; entry < at + 2 + entries * ENTRY_BYTES; entry += ENTRY_BYTES)
      values.set(u16(entry), valueAt(entry, u16, u32));
    collect(file, values, found);
    waiting.push(...(values.get(SUB_DIRECTORIES)?.numbers ?? []), u32(at + 2 + entries * ENTRY_BYTES));
  }
  return found;
}

function valueAt(entry: number, u16: (at: number) => number, u32: (at: number) => number): Value {
  const each = BYTES_OF_TYPE[u16(entry + 2)] ?? 0;
  const count = u32(entry + 4);
  const bytes = each * count;
  const at = bytes <= 4 ? entry + 8 : u32(entry + 8);
  const read = each === 2 ? u16 : each === 4 ? u32 : () => 0;
  const numbers = Array.from({ length: Math.min(count, MOST_VALUES) }, (_, index) => read(at + index * each));
  return { at, bytes, numbers };
}

function collect(file: Buffer, values: ReadonlyMap<number, Value>, found: Found): void {
  const number = (tag: number): number => values.get(tag)?.numbers[0] ?? 0;
  const [width, height] = [number(WIDTH), number(HEIGHT)];
  if (width * height > found.width * found.height) [found.width, found.height] = [width, height];
  const panasonic = values.get(PANASONIC_JPEG);
  const strips = values.get(STRIP_OFFSETS)?.numbers.length === 1;
  const pictures = [
    jpegAt(file, number(JPEG_OFFSET), number(JPEG_LENGTH)),
    strips ? jpegAt(file, number(STRIP_OFFSETS), number(STRIP_LENGTHS)) : undefined,
    panasonic && jpegAt(file, panasonic.at, panasonic.bytes),
  ];
  for (const picture of pictures) if (picture) found.previews.push(picture);
}
