import { basename } from 'node:path';
import { MAGIC_BYTES } from '@sd/core/domain/magic.ts';
import { SdError } from '@sd/core/errors.ts';
import type { Media, MediaOutcome, MediaRequest } from '@sd/core/ports/media.ts';
import { fsError } from '../fs-errors.ts';
import { type DocumentProblem, Unreadable } from './document.ts';
import { ffmpegPath } from './ffmpeg.ts';
import type { MediaRead } from './reader.ts';
import { formatOf } from './readers.ts';
import { readStart } from './regular-file.ts';
import { reasonOf } from './reason.ts';

/** Looks into files: tells their format by the first bytes, and asks the reader of that format. */
export const nodeMedia: Media = {
  async read(request) {
    const { bytes: head } = opened(request.path, () => readStart(request.path, MAGIC_BYTES));
    const known = await formatOf(request.name, head);
    if (!known) return refused(undefined, request, 'nothing here reads this format');
    try {
      const read = await (await known.reader())(request);
      return await outcomeOf(known.format, request, read);
    } catch (error) {
      if (error instanceof SdError) throw error;
      return refused(known.format, request, reasonOf(error));
    }
  },
  tools: () => Promise.resolve(ffmpegPath() === undefined ? [] : ['ffmpeg']),
};

/** What the system says of a file that cannot be opened is no word about what is in it. */
function opened<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw error instanceof Unreadable ? new SdError('NOT_READABLE', error.message) : fsError(error, basename(path));
  }
}

async function outcomeOf(format: string, request: MediaRequest, read: MediaRead): Promise<MediaOutcome> {
  const { text, picture, images = [], problems = [] } = read;
  const made = picture && request.wants.includes('thumbnails') ? await thumbnails(picture, request) : undefined;
  return {
    format,
    facts: { ...read.facts, ...made?.facts, format },
    images: [...images, ...(made?.images ?? [])],
    problems: [...problems, ...(made?.problems ?? [])],
    ...(text === undefined ? {} : { text }),
  };
}

type Made = Required<Pick<MediaRead, 'facts' | 'images'>> & { problems: readonly DocumentProblem[] };

/** A picture that cannot be decoded takes nothing from what else is known of the file. */
async function thumbnails(picture: NonNullable<MediaRead['picture']>, { limits }: MediaRequest): Promise<Made> {
  try {
    const { thumbnailsOf } = await import('./thumbnails.ts');
    return { ...(await thumbnailsOf(picture, limits)), problems: [] };
  } catch (error) {
    if (error instanceof SdError) throw error;
    return { facts: {}, images: [], problems: [{ want: 'thumbnails', reason: reasonOf(error), broken: true }] };
  }
}

function refused(format: string | undefined, { wants }: MediaRequest, reason: string): MediaOutcome {
  return {
    ...(format === undefined ? {} : { format }),
    problems: wants.map((want) => ({ want, reason, broken: format !== undefined })),
  };
}
