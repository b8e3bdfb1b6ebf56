import type { OutputInfo, Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { MediaLimits } from '@sd/core/ports/media.ts';
import type { Pixels } from './document.ts';
import { dominantColor } from './dominant-color.ts';
import type { EncodedPicture, MediaRead } from './reader.ts';
import { loadSharp, untrusted } from './sharp.ts';
import { turned } from './turned.ts';

/** Longest edges in pixels; nothing is ever enlarged. */
const LARGE = 1024;
const SMALL = 256;
const HASH = 100;
const QUALITY = 80;
/** Of 0 to 6: the sizes of higher ones are a few per cent smaller, for several times the work. */
const EFFORT = 2;

interface Raw {
  readonly data: Buffer;
  readonly info: OutputInfo;
}

/** The two thumbnails, the placeholder and the dominant colour of a picture, all from one decoding of it. */
export async function thumbnailsOf(
  picture: NonNullable<MediaRead['picture']>,
  limits: MediaLimits,
): Promise<Required<Pick<MediaRead, 'images' | 'facts'>>> {
  const large = await raw(within(await opened(picture, limits), LARGE).toColourspace('srgb'));
  const small = await raw(within(await again(large), SMALL));
  const tiny = await raw(within((await again(small)).ensureAlpha(), HASH));
  const [thumbnail1024, thumbnail256] = await Promise.all([webp(large), webp(small)]);
  const { width, height } = tiny.info;
  return {
    images: [
      { kind: 'thumbnail_256', bytes: thumbnail256 },
      { kind: 'thumbnail_1024', bytes: thumbnail1024 },
    ],
    facts: {
      thumbhash: Buffer.from(rgbaToThumbHash(width, height, tiny.data)).toString('base64'),
      dominant_color: dominantColor(tiny.data),
    },
  };
}

async function opened(picture: NonNullable<MediaRead['picture']>, limits: MediaLimits): Promise<Sharp> {
  const sharp = await loadSharp();
  if (isPixels(picture)) {
    const { width, height, data } = picture;
    return sharp(data, { raw: { width, height, channels: 4 } });
  }
  const { encoded, orientation, density } = isEncoded(picture) ? picture : { encoded: picture };
  const image = sharp(encoded, { ...untrusted(limits), ...(density === undefined ? {} : { density }) });
  return orientation === undefined ? image.autoOrient() : turned(image, orientation);
}

function isPixels(picture: NonNullable<MediaRead['picture']>): picture is Pixels {
  return 'data' in picture;
}
function isEncoded(picture: Uint8Array | EncodedPicture): picture is EncodedPicture {
  return 'encoded' in picture;
}

function within(image: Sharp, edge: number): Sharp {
  return image.resize(edge, edge, { fit: 'inside', withoutEnlargement: true });
}
async function again({ data, info: { width, height, channels } }: Raw): Promise<Sharp> {
  return (await loadSharp())(data, { raw: { width, height, channels } });
}
function raw(image: Sharp): Promise<Raw> {
  return image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
}
async function webp(pixels: Raw): Promise<Buffer> {
  return (await again(pixels)).webp({ quality: QUALITY, effort: EFFORT }).toBuffer();
}
