import { type JpegPreview, jpegAt } from './raw-preview.ts';

/** Boxes looked at before a file is taken for one that has no end. */
const MOST_BOXES = 1_000;
const DEEPEST = 6;
const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
const UUID_BYTES = 16;
/** Of Canon's own boxes, the one of previews has eight bytes more before its own boxes begin. */
const PREVIEWS_UUID = 'eaf42b5e1c984b88b9fbb7dc406e4d16';
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
/** How far into a preview's box its picture may begin. */
const HEADER_WITHIN = 64;

interface Found {
  readonly previews: JpegPreview[];
  exif?: Buffer;
  boxes: number;
}

/** The previews and the first of the camera's own directories in a Canon CR3, a container like MP4 (ISO 14496-12). */
export function previewsInBoxes(file: Buffer): Found {
  const found: Found = { previews: [], boxes: 0 };
  walk(file, 0, file.length, 0, found);
  return found;
}

function walk(file: Buffer, from: number, to: number, depth: number, found: Found): void {
  for (let at = from; at + 8 <= to && found.boxes++ < MOST_BOXES;) {
    const short = file.readUInt32BE(at);
    const header = short === 1 ? 16 : 8;
    if (at + header > to) return;
    const size = short === 1 ? Number(file.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
    if (size < header || at + size > to) return;
    look(file, file.toString('latin1', at + 4, at + 8), at + header, at + size, depth, found);
    at += size;
  }
}

function look(file: Buffer, type: string, from: number, to: number, depth: number, found: Found): void {
  if (type === 'PRVW' || type === 'THMB') {
    const start = file.subarray(from, Math.min(to, from + HEADER_WITHIN)).indexOf(JPEG_START);
    const preview = start < 0 ? undefined : jpegAt(file, from + start, to - from - start);
    if (preview) found.previews.push(preview);
  } else if (type === 'CMT1') {
    found.exif = file.subarray(from, to);
  } else if (depth < DEEPEST && type === 'uuid' && to - from > UUID_BYTES) {
    const skip = file.toString('hex', from, from + UUID_BYTES) === PREVIEWS_UUID ? UUID_BYTES + 8 : UUID_BYTES;
    walk(file, from + skip, to, depth + 1, found);
  } else if (depth < DEEPEST && CONTAINERS.has(type)) {
    walk(file, from, to, depth + 1, found);
  }
}
