import { type MediaFormat, mediaFormat } from '@sd/core/domain/formats.ts';
import { KIND_CODES, type KindCode } from '@sd/core/domain/kinds.ts';
import { kindOfContent } from '@sd/core/domain/magic.ts';
import type { Reader } from './reader.ts';

/** A file's format and who reads it; loaded when it is first needed, as the libraries are large. */
export interface KnownFormat {
  readonly format: string;
  readonly reader: () => Promise<Reader>;
}

const image = async (): Promise<Reader> => (await import('./image.ts')).readImage;
const raw = async (): Promise<Reader> => (await import('./raw.ts')).readRaw;
const film = async (): Promise<Reader> => (await import('./film.ts')).readFilm;

const READERS: Partial<Record<MediaFormat, () => Promise<Reader>>> = {
  jpeg: image,
  png: image,
  webp: image,
  gif: image,
  tiff: image,
  avif: image,
  bmp: async () => (await import('./bmp.ts')).readBmp,
  svg: async () => (await import('./svg.ts')).readSvg,
  heic: async () => (await import('./heic.ts')).readHeic,
  dng: raw,
  cr2: raw,
  cr3: raw,
  nef: raw,
  arw: raw,
  orf: raw,
  rw2: raw,
  raf: raw,
  pef: raw,
  mp4: film,
  mov: film,
  m4a: film,
  matroska: film,
  webm: film,
  mpegts: film,
  avi: film,
  flv: film,
  asf: film,
  mpeg: film,
  mp3: film,
  aac: film,
  flac: film,
  ogg: film,
  wav: film,
  aiff: film,
};

const TEXTUAL: ReadonlySet<KindCode> = new Set([
  KIND_CODES.text,
  KIND_CODES.code,
  KIND_CODES.config,
  KIND_CODES.document,
  KIND_CODES.subtitle,
  KIND_CODES.calendar,
  KIND_CODES.contact,
]);

/** The format of a file by its first bytes, and by its name where those leave it open; `undefined`: nobody here reads it. */
export async function formatOf(name: string, head: Uint8Array): Promise<KnownFormat | undefined> {
  const format = mediaFormat(name, head);
  const reader = format && READERS[format];
  if (format && reader) return { format, reader };
  const { documentFormat } = await import('./documents.ts');
  const found = documentFormat(name, head, TEXTUAL.has(kindOfContent(name, head)));
  return found && { format: found.format, reader: () => Promise.resolve(found.read) };
}
