// oxlint-disable-next-line triple-slash-reference
/// <reference path="./heic-decode.d.ts" />
import type { MediaRequest } from '@sd/core/ports/media.ts';
import type { Pixels } from './document.ts';
import { pictureFacts } from './image.ts';
import type { Reader } from './reader.ts';
import { refuseHuge } from './sharp.ts';
import { wholeFile } from './whole-file.ts';

/** Pictures of phones. libheif turns them as they are to be shown; sharp reads what else is in them. */
export const readHeic: Reader = async (request) => {
  const encoded = wholeFile(request);
  const facts = await pictureFacts(encoded, request).catch(() => ({}));
  // What it takes up says more than its name: without pixels there is nothing to say of it.
  const { width, height, decode, dispose } = await opened(encoded, request);
  try {
    const shown = { ...facts, width, height };
    if (!request.wants.includes('thumbnails')) return { facts: shown };
    return { facts: shown, picture: await decode() };
  } finally {
    dispose();
  }
};

async function opened(
  encoded: Uint8Array,
  { limits }: MediaRequest,
): Promise<{ width: number; height: number; decode: () => Promise<Pixels>; dispose: () => void }> {
  const { default: decoder } = await import('heic-decode');
  const images = await decoder.all({ buffer: encoded });
  const dispose = (): void => images.dispose();
  try {
    const [first] = images;
    if (!first) throw new Error('there is no picture in it');
    const { width, height } = first;
    refuseHuge(width, height, limits);
    const decode = async (): Promise<Pixels> => {
      const { data } = await first.decode();
      return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
    };
    return { width, height, decode, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
