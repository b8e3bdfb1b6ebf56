import { type Pixels, Unreadable } from './document.ts';
import type { Reader } from './reader.ts';
import { refuseHuge } from './sharp.ts';
import { wholeFile } from './whole-file.ts';

const UNCOMPRESSED = 0;
const BIT_FIELDS = 3;

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly upsideDown: boolean;
  readonly data: number;
  readonly palette: number;
}

/** Windows bitmaps as nearly all are: not compressed, with 8, 24 or 32 bits a pixel. */
export const readBmp: Reader = async (request) => {
  const bytes = wholeFile(request);
  const layout = layoutOf(bytes);
  refuseHuge(layout.width, layout.height, request.limits);
  const facts = { width: layout.width, height: layout.height };
  return request.wants.includes('thumbnails') ? { facts, picture: pixelsOf(bytes, layout) } : { facts };
};

function layoutOf(bytes: Buffer): Layout {
  if (bytes.length < 54 || bytes.readUInt32LE(14) < 40) throw new Unreadable('its header is none that is known here');
  const [bits, compression] = [bytes.readUInt16LE(28), bytes.readUInt32LE(30)];
  const [width, height] = [bytes.readInt32LE(18), bytes.readInt32LE(22)];
  if (compression !== UNCOMPRESSED && !(compression === BIT_FIELDS && bits === 32))
    throw new Unreadable('it is compressed in a way that is not read here');
  if (![8, 24, 32].includes(bits)) throw new Unreadable(`bitmaps of ${bits} bits are not read here`);
  if (width <= 0 || height === 0) throw new Unreadable('it has no size');
  const palette = 14 + bytes.readUInt32LE(14);
  return { width, height: Math.abs(height), bits, upsideDown: height > 0, data: bytes.readUInt32LE(10), palette };
}

function pixelsOf(bytes: Buffer, { width, height, bits, upsideDown, data, palette }: Layout): Pixels {
  const each = bits / 8;
  const row = Math.ceil((width * each) / 4) * 4;
  if (data + row * height > bytes.length) throw new Unreadable('it ends in the middle of the picture');
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = data + row * (upsideDown ? height - 1 - y : y);
    for (let x = 0; x < width; x++) {
      const at = each === 1 ? palette + (bytes[from + x] ?? 0) * 4 : from + x * each;
      const to = (y * width + x) * 4;
      rgba[to] = bytes[at + 2] ?? 0;
      rgba[to + 1] = bytes[at + 1] ?? 0;
      rgba[to + 2] = bytes[at] ?? 0;
      rgba[to + 3] = 255;
    }
  }
  return { width, height, data: rgba };
}
