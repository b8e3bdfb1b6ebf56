import type { Metadata } from 'sharp';
import type { MediaRequest } from '@sd/core/ports/media.ts';
import { exifFacts } from './exif.ts';
import { iccName } from './icc.ts';
import type { Reader } from './reader.ts';
import { loadSharp, refuseHuge, untrusted } from './sharp.ts';
import { liesOnItsSide } from './turned.ts';
import { wholeFile } from './whole-file.ts';

/** Pictures that sharp decodes. Of an animation the first frame stands for all. */
export const readImage: Reader = async (request) => {
  const encoded = wholeFile(request);
  const facts = await pictureFacts(encoded, request);
  return request.wants.includes('thumbnails') ? { facts, picture: encoded } : { facts };
};

/** What the header of a picture says. Throws what the decoder says where there is none, `Unreadable` where it is huge. */
export async function pictureFacts(
  encoded: Uint8Array,
  { limits }: Pick<MediaRequest, 'limits'>,
): Promise<Record<string, unknown>> {
  const sharp = await loadSharp();
  const metadata = await sharp(encoded, { ...untrusted(limits), limitInputPixels: false }).metadata();
  refuseHuge(metadata.width, metadata.height, limits);
  return factsOf(metadata);
}

function factsOf(metadata: Metadata): Record<string, unknown> {
  const { width, height, orientation, pages, space, icc, exif, delay } = metadata;
  const turned = liesOnItsSide(orientation);
  const profile = iccName(icc);
  return {
    ...exifFacts(exif),
    width: turned ? height : width,
    height: turned ? width : height,
    ...(orientation === undefined ? {} : { orientation }),
    ...(pages !== undefined && pages > 1 ? { pages, ...(delay ? { animated: true } : {}) } : {}),
    ...(space === undefined ? {} : { color_space: space }),
    ...(profile === undefined ? {} : { color_profile: profile }),
  };
}
