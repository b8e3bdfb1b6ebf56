import type { MediaRequest } from '@sd/core/ports/media.ts';
import { FFMPEG, FfmpegFailed, type Film, ffmpegPath, frameAt } from './ffmpeg.ts';
import type { MediaRead } from './reader.ts';
import { loadSharp } from './sharp.ts';

const FRAMES = 10;
const FRAME_WIDTH = 160;
const FRAME_HEIGHT = 160;
const QUALITY = 70;
/** Where in a film the frame is that stands for it: behind the titles. */
const FRAME_AT = 0.1;
/** Of the seconds there are, for all frames together. */
const SHARE = 0.8;

/** A frame of a film, and a strip of ten from its beginning to its end, side by side in one picture. */
export async function filmStrip(film: Film, seconds: number, request: MediaRequest): Promise<MediaRead> {
  if (ffmpegPath() === undefined)
    return { problems: [{ want: 'thumbnails', reason: `${FFMPEG} is not installed`, tool: FFMPEG }] };
  const end = performance.now() + request.limits.seconds * 1000 * SHARE;
  const limits = (): { milliseconds: number } => ({ milliseconds: Math.max(100, end - performance.now()) });
  try {
    const picture =
      (await frameAt(film, seconds * FRAME_AT, 1024, limits())) ?? (await frameAt(film, 0, 1024, limits()));
    if (!picture) return { problems: [{ want: 'thumbnails', reason: 'no frame of it can be decoded', broken: true }] };
    const strip = seconds > 0 ? await stripOf(film, seconds, limits) : undefined;
    return { picture, ...(strip ? { images: [{ kind: 'strip', bytes: strip }] } : {}) };
  } catch (error) {
    if (!(error instanceof FfmpegFailed)) throw error;
    return { problems: [{ want: 'thumbnails', reason: error.message, broken: true }] };
  }
}

async function stripOf(
  film: Film,
  seconds: number,
  limits: () => { milliseconds: number },
): Promise<Uint8Array | undefined> {
  const frames: Buffer[] = [];
  for (let index = 0; index < FRAMES; index++) {
    const frame = await frameAt(film, (seconds * (index + 0.5)) / FRAMES, FRAME_WIDTH, limits());
    // Whoever shows the strip counts on all of them: what cannot be had looks like the one before it.
    const shown = frame ?? frames.at(-1);
    if (shown) frames.push(shown);
  }
  if (frames.length === 0) return undefined;
  const sharp = await loadSharp();
  const cells = await Promise.all(
    frames.map(async (frame) => sharp(frame).resize(FRAME_WIDTH, FRAME_HEIGHT, { fit: 'inside' }).png().toBuffer()),
  );
  const { width, height } = await sharp(cells[0]).metadata();
  return sharp({ create: { width: width * cells.length, height, channels: 3, background: '#000' } })
    .composite(cells.map((input, index) => ({ input, left: index * width, top: 0 })))
    .webp({ quality: QUALITY })
    .toBuffer();
}
