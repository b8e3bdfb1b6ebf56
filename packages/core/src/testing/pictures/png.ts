import { crc32, deflateSync } from 'node:zlib';

export interface PngOptions {
  readonly width: number;
  readonly height: number;
  /** Pixel data, compressed; of nothing where it is left out. */
  readonly data?: Uint8Array;
  readonly interlaced?: boolean;
  /** Chunks between the header and the data: type and bytes. */
  readonly chunks?: readonly (readonly [type: string, bytes: Uint8Array])[];
}

/** A PNG of 8-bit RGBA pixels that says what it is told to, true or not. */
export function pngOf({ width, height, data = new Uint8Array(), interlaced = false, chunks = [] }: PngOptions): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...chunks.map(([type, bytes]) => chunk(type, bytes)),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Zeros as many as asked, compressed a thousand times over. */
export function deflatedZeros(bytes: number): Buffer {
  return deflateSync(Buffer.alloc(bytes), { level: 1 });
}

function chunk(type: string, bytes: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), bytes]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(bytes.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
