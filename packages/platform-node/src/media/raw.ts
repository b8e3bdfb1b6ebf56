import type { MediaRequest } from '@sd/core/ports/media.ts';
import { Unreadable } from './document.ts';
import { exifFacts } from './exif.ts';
import { pictureFacts } from './image.ts';
import { previewsInBoxes } from './raw-boxes.ts';
import { previewsInRaf } from './raw-raf.ts';
import { tiffDirectories } from './raw-tiff.ts';
import { type JpegPreview, largestPreview } from './raw-preview.ts';
import type { Reader } from './reader.ts';
import { liesOnItsSide } from './turned.ts';
import { wholeFile } from './whole-file.ts';

/** What a camera's own format holds beside what the sensor saw. */
interface RawParts {
  readonly previews: readonly JpegPreview[];
  /** A TIFF with the camera's facts. */
  readonly exif?: Buffer | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** Raw pictures, through the largest picture that the camera has put into the file. */
export const readRaw: Reader = async (request) => {
  const bytes = wholeFile(request);
  const parts = partsOf(bytes);
  const preview = largestPreview(parts.previews);
  const facts = { ...exifFacts(parts.exif), ...shownSize(parts) };
  if (!preview) {
    if (Object.keys(facts).length === 0) throw new Unreadable('there is no preview in it');
    return { facts, problems: [{ want: 'thumbnails', reason: 'there is no preview in it' }] };
  }
  const own = await previewFacts(preview, request);
  const orientation = Number(own['orientation'] ?? facts['orientation'] ?? 1);
  const side = liesOnItsSide(orientation);
  const size = { width: side ? preview.height : preview.width, height: side ? preview.width : preview.height };
  const all = { ...own, ...size, ...facts };
  if (!request.wants.includes('thumbnails')) return { facts: all };
  return { facts: all, picture: { encoded: preview.bytes, orientation } };
};

function partsOf(bytes: Buffer): RawParts {
  if (bytes.toString('latin1', 4, 8) === 'ftyp') return previewsInBoxes(bytes);
  if (bytes.toString('latin1', 0, 15) === 'FUJIFILMCCD-RAW') return { previews: previewsInRaf(bytes) };
  const { previews, width, height } = tiffDirectories(bytes);
  return { previews, width, height, exif: asPlainTiff(bytes) };
}

/** Some makers number their TIFF differently; everything behind the number is the same. */
function asPlainTiff(bytes: Buffer): Buffer {
  const head = Buffer.from(bytes.subarray(0, 4 * 2 ** 20 - 1));
  if (head.length >= 4) head.set(head[0] === 0x49 ? [0x2a, 0] : [0, 0x2a], 2);
  return head;
}

function shownSize({ width, height, exif }: RawParts): Record<string, unknown> {
  if (!width || !height) return {};
  const side = liesOnItsSide(Number(exifFacts(exif)['orientation'] ?? 1));
  return side ? { width: height, height: width } : { width, height };
}

/** Size, profile and camera as the preview says; a preview that says nothing is no fault of the picture. */
async function previewFacts({ bytes }: JpegPreview, request: MediaRequest): Promise<Record<string, unknown>> {
  const { width: _width, height: _height, ...facts } = await pictureFacts(bytes, request);
  return facts;
}
