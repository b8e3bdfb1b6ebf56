/** A JPEG inside another file, decodable by everybody: baseline or progressive, not the lossless form of sensor data. */
export interface JpegPreview {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

const MOST_SEGMENTS = 1_000;

/** The JPEG that begins at `offset`; `undefined` where there is none, or none that shows anything. */
export function jpegAt(file: Buffer, offset: number, length: number): JpegPreview | undefined {
  if (!(offset >= 0 && length > 4 && offset + 4 <= file.length)) return undefined;
  const bytes = file.subarray(offset, Math.min(file.length, offset + length));
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const size = sizeOf(bytes);
  return size && { bytes, ...size };
}

export function largestPreview(previews: readonly JpegPreview[]): JpegPreview | undefined {
  const area = ({ width, height }: JpegPreview): number => width * height;
  return previews.toSorted((a, b) => area(b) - area(a))[0];
}

/** From the frame header (ITU-T T.81, B.2.2), found by going from segment to segment. */
function sizeOf(bytes: Buffer): { width: number; height: number } | undefined {
  let at = 2;
  for (let segment = 0; segment < MOST_SEGMENTS && at + 9 < bytes.length; segment++) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
    } else if (marker >= 0xc0 && marker <= 0xc2) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      return width > 0 && height > 0 ? { width, height } : undefined;
    } else if (marker === 0xc3 || marker === 0xda || marker === 0xd9) {
      return undefined;
    } else {
      at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
    }
  }
  return undefined;
}
