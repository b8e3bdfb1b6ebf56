import { closeSync } from 'node:fs';
import {
  ALL_FORMATS,
  CustomSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  type MetadataTags,
} from 'mediabunny';
import { fill } from '../read-files.ts';
import { Unreadable } from './document.ts';
import { filmStrip } from './film-strip.ts';
import type { MediaRead, Reader } from './reader.ts';
import { openRegular } from './regular-file.ts';

const CACHE_BYTES = 8 * 2 ** 20;
/** One read of a decoder; more at once is a file that lies about its parts. */
const MOST_AT_ONCE = 64 * 2 ** 20;
/** Packets that tell a track's rates. */
const PACKETS = 60;

/** Films and sound: how long they are, what is in them, what they are called, a frame and a strip of frames. */
export const readFilm: Reader = async (request) => {
  const { file, size } = openRegular(request.path);
  try {
    const described = await describe(file, size).catch((error: unknown) => ({
      facts: undefined,
      cover: undefined,
      error,
    }));
    const { facts, cover } = described;
    const isFilm = facts === undefined || 'video' in facts;
    const pictures: MediaRead =
      isFilm && request.wants.includes('thumbnails')
        ? await filmStrip({ file, path: request.path }, Number(facts?.['duration_ms'] ?? 0) / 1000, request)
        : coverOf(cover, request.wants);
    if (!facts && !pictures.picture) throw 'error' in described ? described.error : new Unreadable('nothing is in it');
    return { facts: { ...facts, ...pictures.facts }, ...picturesOnly(pictures) };
  } finally {
    closeSync(file);
  }
};

function picturesOnly({ picture, images, problems }: MediaRead): MediaRead {
  return { ...(picture ? { picture } : {}), ...(images ? { images } : {}), ...(problems ? { problems } : {}) };
}

function coverOf(cover: Uint8Array | undefined, wants: readonly string[]): MediaRead {
  if (!wants.includes('thumbnails')) return {};
  return cover ? { picture: cover } : { problems: [{ want: 'thumbnails', reason: 'it has no cover' }] };
}

async function describe(
  file: number,
  size: number,
): Promise<{ facts: Record<string, unknown>; cover: Uint8Array | undefined }> {
  const read = (start: number, end: number): Uint8Array => {
    if (end - start > MOST_AT_ONCE) throw new Unreadable('a part of it claims to be larger than any is');
    const bytes = new Uint8Array(end - start);
    return bytes.subarray(0, fill(file, bytes, start));
  };
  const source = new CustomSource({ getSize: () => size, read, maxCacheSize: CACHE_BYTES });
  using input = new Input({ formats: ALL_FORMATS, source });
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  if (!video && !audio) throw new Unreadable('there is neither picture nor sound in it');
  const seconds = (await input.getDurationFromMetadata()) ?? (await measured(input));
  const tags = await input.getMetadataTags().catch((): MetadataTags => ({}));
  const cover = tags.images?.find(({ kind }) => kind === 'coverFront') ?? tags.images?.[0];
  return {
    facts: {
      ...(Number.isFinite(seconds) ? { duration_ms: Math.round(seconds * 1000) } : {}),
      ...(seconds > 0 ? { bitrate: Math.round((size * 8) / seconds) } : {}),
      ...(video ? await videoFacts(video) : {}),
      ...(audio ? { audio: await audioFacts(audio) } : {}),
      ...tagFacts(tags),
    },
    cover: cover?.data,
  };
}

/** A stream that was recorded need not begin at zero. */
async function measured(input: Input): Promise<number> {
  return (await input.computeDuration()) - Math.max(0, await input.getFirstTimestamp());
}

async function videoFacts(track: InputVideoTrack): Promise<Record<string, unknown>> {
  const rates = await track.computePacketStats(PACKETS).catch(() => undefined);
  return {
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    video: {
      ...known('codec', await track.getCodec()),
      ...known('frame_rate', rates && Math.round(rates.averagePacketRate * 1000) / 1000),
      ...known('bitrate', rates && Math.round(rates.averageBitrate)),
    },
  };
}

async function audioFacts(track: InputAudioTrack): Promise<Record<string, unknown>> {
  const rates = await track.computePacketStats(PACKETS).catch(() => undefined);
  return {
    ...known('codec', await track.getCodec()),
    ...known('channels', await track.getNumberOfChannels()),
    ...known('sample_rate', await track.getSampleRate()),
    ...known('bitrate', rates && Math.round(rates.averageBitrate)),
  };
}

function tagFacts({
  title,
  artist,
  album,
  albumArtist,
  genre,
  trackNumber,
  date,
}: MetadataTags): Record<string, unknown> {
  return {
    ...known('title', title),
    ...known('artist', artist),
    ...known('album', album),
    ...known('album_artist', albumArtist),
    ...known('genre', genre),
    ...known('track', trackNumber),
    ...known('year', date?.getUTCFullYear()),
  };
}

/** A fact, where it says anything: text is cut to what a fact may be long. */
function known(name: string, value: string | number | null | undefined): Record<string, unknown> {
  if (value === null || value === undefined || value === '' || value === 0) return {};
  return { [name]: typeof value === 'string' ? value.trim().slice(0, 1000).toWellFormed() : value };
}
