import { readTar, readTarGzip, readTarZstd, readZip } from './archive.ts';
import type { DocumentReader } from './document.ts';
import { readEpub } from './office-epub.ts';
import { readDocx, readOdf, readPptx, readXlsx } from './office.ts';
import { readPdf } from './pdf.ts';
import { readHtml, readRtf, readText } from './text.ts';

/** A format of documents, as it is called in facts, and who reads it. */
export interface DocumentFormat {
  readonly format: string;
  readonly read: DocumentReader;
}

const ZIP_FORMATS: Readonly<Record<string, DocumentReader>> = {
  docx: readDocx,
  docm: readDocx,
  dotx: readDocx,
  xlsx: readXlsx,
  xlsm: readXlsx,
  pptx: readPptx,
  pptm: readPptx,
  ppsx: readPptx,
  odt: readOdf,
  ott: readOdf,
  ods: readOdf,
  ots: readOdf,
  odp: readOdf,
  otp: readOdf,
  odg: readOdf,
  epub: readEpub,
};
const HTML = new Set(['html', 'htm', 'xhtml', 'xht']);
/** Archives that nobody here can list. */
const NOT_LISTED = new Set(['7z', 'rar', 'iso', 'img', 'dmg', 'cab', 'xz', 'txz', 'bz2', 'tbz', 'tbz2', 'lzma', 'lz4']);

/**
 * The format of a document by its first bytes (512 tell a tape archive), and by its extension where those leave it open.
 * `textual`: it is of a kind that is made of text. `undefined`: it is no document.
 */
export function documentFormat(name: string, head: Uint8Array, textual: boolean): DocumentFormat | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const start = Buffer.from(head.subarray(0, 512)).toString('latin1');
  if (start.slice(0, 1024).includes('%PDF-')) return { format: 'pdf', read: readPdf };
  if (start.startsWith('{\\rtf')) return { format: 'rtf', read: readRtf };
  if (/^PK(?:\x03\x04|\x05\x06|\x07\x08)/.test(start)) {
    const read = ZIP_FORMATS[extension];
    return read ? { format: extension, read } : { format: 'zip', read: readZip };
  }
  if (start.startsWith('ustar', 257)) return { format: 'tar', read: readTar };
  if (start.startsWith('\x1f\x8b') && /\.(?:tar\.gz|tgz)$/i.test(name)) return { format: 'tar.gz', read: readTarGzip };
  if (start.startsWith('\x28\xb5\x2f\xfd') && /\.(?:tar\.zst|tzst)$/i.test(name))
    return { format: 'tar.zst', read: readTarZstd };
  if (NOT_LISTED.has(extension)) return { format: extension, read: notListed(extension) };
  if (!textual) return undefined;
  return HTML.has(extension) ? { format: 'html', read: readHtml } : { format: 'text', read: readText };
}

/** Nothing is wrong with the file. */
function notListed(extension: string): DocumentReader {
  const reason = `archives of the format ${extension} cannot be listed`;
  return () => Promise.resolve({ problems: [{ want: 'text', reason }] });
}
