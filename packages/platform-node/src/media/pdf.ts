import type { MediaLimits } from '@sd/core/ports/media.ts';
import type { DocumentProblem, DocumentReader, Pixels } from './document.ts';
import { type Pdfium, withPdf } from './pdf-library.ts';
import { TextGatherer } from './text-gatherer.ts';

/** Pages whose text is taken. */
const MOST_PAGES = 2000;
/** Of the seconds there are: what is left is for the picture, and for what takes longer than it looks. */
const TEXT_SHARE = 0.4;
/** The larger side of the picture, in pixels. */
const PICTURE_SIDE = 1024;
const LONGEST_FACT = 1000;
const BGRA = 4;
const WHITE = 0xffffffff;
const ANNOTATIONS = 0x01;
const AS_RGBA = 0x10;

/** Text over pages, the first page as a picture, title and author. */
export const readPdf: DocumentReader = ({ path, limits, wants }) =>
  withPdf(path, limits.fileBytes, (pdfium, document) => {
    const pages = pdfium.pageCount(document);
    const problems: DocumentProblem[] = [];
    const title = metaText(pdfium, document, 'Title');
    const author = metaText(pdfium, document, 'Author');
    const facts = { pages, ...(title ? { title } : {}), ...(author ? { author } : {}) };
    const text = wants.includes('text') ? textOf(pdfium, document, pages, limits) : undefined;
    const picture = wants.includes('thumbnails') ? pictureOf(pdfium, document) : undefined;
    if (wants.includes('thumbnails') && !picture)
      problems.push({ want: 'thumbnails', reason: 'its first page cannot be drawn' });
    return { facts, problems, ...(text === undefined ? {} : { text }), ...(picture ? { picture } : {}) };
  });

function metaText(pdfium: Pdfium, document: number, tag: string): string | undefined {
  return withMemory(pdfium, tag.length + 1, (at) => {
    pdfium.memory().set([...Buffer.from(tag, 'latin1'), 0], at);
    const bytes = pdfium.metaText(document, at, 0, 0);
    if (bytes <= 2 || bytes > 1 << 20) return undefined;
    return withMemory(pdfium, bytes, (into) => {
      pdfium.metaText(document, at, into, bytes);
      return utf16(pdfium, into, bytes - 2)
        .trim()
        .slice(0, LONGEST_FACT)
        .toWellFormed();
    });
  });
}

function textOf(pdfium: Pdfium, document: number, pages: number, limits: MediaLimits): string | undefined {
  const gathered = new TextGatherer(limits.textLength);
  const end = performance.now() + limits.seconds * 1000 * TEXT_SHARE;
  for (let index = 0; index < Math.min(pages, MOST_PAGES) && !gathered.full; index++) {
    if (performance.now() > end) break;
    withPage(pdfium, document, index, (page) => {
      const text = pdfium.loadText(page);
      if (text === 0) return;
      const count = Math.min(Math.max(0, pdfium.countCharacters(text)), gathered.room);
      // Two bytes each, and the zero at the end.
      withMemory(pdfium, (count + 1) * 2, (into) => {
        const units = pdfium.textOf(text, 0, count, into);
        if (units > 1) gathered.add(`${utf16(pdfium, into, (units - 1) * 2)}\n`);
      });
      pdfium.closeText(text);
    });
  }
  return gathered.take();
}

/** The first page on white, as large as the largest thumbnail. `undefined` where it has no size or no room. */
function pictureOf(pdfium: Pdfium, document: number): Pixels | undefined {
  return withPage(pdfium, document, 0, (page) => {
    const [across, down] = [pdfium.pageWidth(page), pdfium.pageHeight(page)];
    if (!(across > 0 && down > 0)) return undefined;
    const scale = PICTURE_SIDE / Math.max(across, down);
    const width = Math.max(1, Math.round(across * scale));
    const height = Math.max(1, Math.round(down * scale));
    return withMemory(pdfium, width * height * 4, (at) => {
      const bitmap = pdfium.makeBitmap(width, height, BGRA, at, width * 4);
      if (bitmap === 0) return undefined;
      pdfium.fill(bitmap, 0, 0, width, height, WHITE);
      pdfium.render(bitmap, page, 0, 0, width, height, 0, ANNOTATIONS | AS_RGBA);
      const data = pdfium.memory().slice(at, at + width * height * 4);
      pdfium.dropBitmap(bitmap);
      return { width, height, data };
    });
  });
}

function withPage<T>(pdfium: Pdfium, document: number, index: number, use: (page: number) => T): T | undefined {
  const page = pdfium.loadPage(document, index);
  if (page === 0) return undefined;
  const result = use(page);
  pdfium.closePage(page);
  return result;
}

function withMemory<T>(pdfium: Pdfium, bytes: number, use: (at: number) => T): T | undefined {
  const at = pdfium.malloc(bytes);
  if (at === 0) return undefined;
  try {
    return use(at);
  } finally {
    pdfium.free(at);
  }
}

function utf16(pdfium: Pdfium, at: number, bytes: number): string {
  return Buffer.from(pdfium.memory().subarray(at, at + bytes)).toString('utf16le');
}
