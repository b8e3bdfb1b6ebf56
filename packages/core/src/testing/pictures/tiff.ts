const ENTRY_BYTES = 12;
const LONG = 4;

/** A directory of a TIFF: its tags, each one number, and where the next directory is. */
export interface TiffDirectory {
  readonly tags: Readonly<Record<number, number>>;
  readonly next?: number;
}

/** A little-endian TIFF: directories at the offsets given, and bytes at theirs. What is told need not be true. */
export function tiffOf(
  size: number,
  directories: Readonly<Record<number, TiffDirectory>>,
  parts: Readonly<Record<number, Uint8Array>> = {},
): Buffer {
  const file = Buffer.alloc(size);
  file.write('II*\0', 0, 'latin1');
  file.writeUInt32LE(Number(Object.keys(directories)[0] ?? 8), 4);
  for (const [offset, { tags, next = 0 }] of Object.entries(directories)) {
    const at = Number(offset);
    const entries = Object.entries(tags);
    file.writeUInt16LE(entries.length, at);
    for (const [index, [tag, value]] of entries.entries()) {
      const entry = at + 2 + index * ENTRY_BYTES;
      file.writeUInt16LE(Number(tag), entry);
      file.writeUInt16LE(LONG, entry + 2);
      file.writeUInt32LE(1, entry + 4);
      file.writeUInt32LE(value, entry + 8);
    }
    file.writeUInt32LE(next, at + 2 + entries.length * ENTRY_BYTES);
  }
  for (const [offset, bytes] of Object.entries(parts)) file.set(bytes, Number(offset));
  return file;
}
