import type { Sharp, SharpInput, SharpOptions } from 'sharp';
import type { MediaLimits } from '@sd/core/ports/media.ts';
import { SdError } from '@sd/core/errors.ts';
import { Unreadable } from './document.ts';

type SharpFunction = (input?: SharpInput | SharpOptions, options?: SharpOptions) => Sharp;

let loaded: Promise<SharpFunction> | undefined;

/**
 * sharp, set up for a process that decodes one file at a time beside others of its kind. Throws `UNAVAILABLE` where the
 * library does not load: that is no fault of any file.
 */
export function loadSharp(): Promise<SharpFunction> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<SharpFunction> {
  try {
    const { default: sharp } = await import('sharp');
    // Nothing is asked for twice, and a second thread per picture only gets in the way of the next process.
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp as SharpFunction;
  } catch (error) {
    throw new SdError('UNAVAILABLE', 'pictures cannot be decoded on this machine: sharp does not load', {}, error);
  }
}

/** How an untrusted picture is opened. */
export function untrusted({ pixels }: MediaLimits): SharpOptions {
  return { limitInputPixels: pixels, failOn: 'error', sequentialRead: true, pages: 1 };
}

/** Throws `Unreadable` for a picture of more pixels than the limit, before any of them is decoded. */
export function refuseHuge(width: number, height: number, { pixels }: MediaLimits): void {
  if (width * height <= pixels) return;
  throw new Unreadable(`it has ${megapixels(width * height)} megapixels; up to ${megapixels(pixels)} are decoded here`);
}

function megapixels(pixels: number): number {
  return Math.round(pixels / 1e6);
}
