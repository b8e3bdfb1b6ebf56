import type { MediaRequest } from '@sd/core/ports/media.ts';
import { type DocumentRead, type DocumentReader, Unreadable } from './document.ts';
import { readStart } from './regular-file.ts';
import { decodeText } from './text-decoding.ts';
import { htmlText } from './text-html.ts';
import { rtfText } from './text-rtf.ts';

/** UTF-8 takes at most three bytes for one UTF-16 unit. */
const BYTES_PER_UNIT = 3;
/** Of what marks text up, rather little is text. */
const MARKUP_BYTES_PER_UNIT = 8;

/** Text as it stands: Markdown, code, tables, subtitles, cards, calendars. */
export const readText: DocumentReader = async (request) => {
  const { text } = start(request, BYTES_PER_UNIT);
  return whole(text.slice(0, request.limits.textLength));
};

/** The text of a page, and its title; what a browser would not show is left out. */
export const readHtml: DocumentReader = async (request) => {
  const { text, title } = htmlText(start(request, MARKUP_BYTES_PER_UNIT).text, request.limits.textLength);
  return { ...whole(text), ...(title === undefined ? {} : { facts: { title } }) };
};

/** The text of a rich text file, without what formats it. */
export const readRtf: DocumentReader = async (request) => {
  const { bytes } = readStart(request.path, request.limits.textLength * MARKUP_BYTES_PER_UNIT);
  const source = Buffer.from(bytes).toString('latin1');
  if (!source.startsWith('{\\rtf')) throw new Unreadable('it is no rich text file');
  return whole(rtfText(source, request.limits.textLength));
};

function start({ path, limits }: MediaRequest, bytesPerUnit: number): { text: string } {
  const { bytes, size } = readStart(path, limits.textLength * bytesPerUnit);
  return { text: decodeText(bytes, size > bytes.length) };
}

function whole(text: string): DocumentRead {
  const trimmed = text.toWellFormed().trim();
  return trimmed === '' ? {} : { text: trimmed };
}
