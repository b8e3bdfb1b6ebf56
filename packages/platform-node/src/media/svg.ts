import type { Reader } from './reader.ts';
import { Unreadable } from './document.ts';
import { loadSharp, refuseHuge, untrusted } from './sharp.ts';
import { selfContained } from './svg-self-contained.ts';
import { wholeFile } from './whole-file.ts';

/** More is data that somebody drew, not a drawing. */
const MOST_BYTES = 16 * 2 ** 20;
const LONGEST_EDGE = 1024;
const DPI = 72;
const MOST_DPI = 10_000;

/** Drawings, as large as the largest thumbnail. Nothing they refer to outside of themselves is ever asked for. */
export const readSvg: Reader = async (request) => {
  const source = Buffer.from(selfContained(wholeFile(request, MOST_BYTES)));
  const sharp = await loadSharp();
  const { width, height } = await sharp(source, { ...untrusted(request.limits), limitInputPixels: false }).metadata();
  if (!(width > 0 && height > 0)) throw new Unreadable('it has no size');
  refuseHuge(width, height, request.limits);
  const density = Math.min(MOST_DPI, Math.max(1, (DPI * LONGEST_EDGE) / Math.max(width, height)));
  const facts = { width, height };
  return request.wants.includes('thumbnails') ? { facts, picture: { encoded: source, density } } : { facts };
};
