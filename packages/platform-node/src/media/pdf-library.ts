import { closeSync, readSync } from 'node:fs';
import { PDFiumModule } from '@hyzyla/pdfium';
import { Unreadable } from './document.ts';
import { openRegular } from './regular-file.ts';

/** What is used of PDFium's C interface; numbers are addresses in its memory. */
export interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(bytes: number): number; free(at: number): void };
  _FPDF_InitLibrary(): void;
  _FPDF_LoadMemDocument(at: number, bytes: number, password: number): number;
  _FPDF_GetLastError(): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_GetMetaText(document: number, tag: number, into: number, bytes: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidth(page: number): number;
  _FPDF_GetPageHeight(page: number): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetText(text: number, start: number, count: number, into: number): number;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, at: number, stride: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
}

/** Memory a module never gives back; one that has grown past this is let go of. */
const LARGEST_HEAP = 256 << 20;
const PASSWORD_NEEDED = 4;
const SECURITY_UNKNOWN = 5;

let loading: Promise<Pdfium> | undefined;

/** Opens a PDF for as long as `use` takes. Throws `Unreadable`. */
export async function withPdf<T>(
  path: string,
  mostBytes: number,
  use: (pdfium: Pdfium, document: number) => T,
): Promise<T> {
  const pdfium = await (loading ??= load());
  let whole = false;
  try {
    const result = withBytes(pdfium, path, mostBytes, (at, bytes) => {
      const document = pdfium._FPDF_LoadMemDocument(at, bytes, 0);
      if (document === 0) throw new Unreadable(reasonOf(pdfium._FPDF_GetLastError()));
      const found = use(pdfium, document);
      pdfium._FPDF_CloseDocument(document);
      return found;
    });
    whole = true;
    return result;
  } catch (error) {
    whole = error instanceof Unreadable;
    throw whole ? error : new Unreadable(`it cannot be read: ${(error as Error).message}`, error);
  } finally {
    // After a trap nothing in its memory can be relied on.
    if (!whole || pdfium.HEAPU8.length > LARGEST_HEAP) loading = undefined;
  }
}

async function load(): Promise<Pdfium> {
  const pdfium = (await PDFiumModule({})) as unknown as Pdfium;
  pdfium._FPDF_InitLibrary();
  return pdfium;
}

function withBytes<T>(pdfium: Pdfium, path: string, most: number, use: (at: number, bytes: number) => T): T {
  const { file, size } = openRegular(path);
  try {
    if (size > most) throw new Unreadable(`it is larger than ${most} bytes`);
    const at = pdfium.wasmExports.malloc(size);
    if (at === 0) throw new Unreadable('it takes more memory than there is for it');
    try {
      let read = 0;
      for (let more = 1; more > 0 && read < size; read += more) {
        more = readSync(file, pdfium.HEAPU8, at + read, size - read, read);
      }
      return use(at, read);
    } finally {
      pdfium.wasmExports.free(at);
    }
  } finally {
    closeSync(file);
  }
}

function reasonOf(error: number): string {
  if (error === PASSWORD_NEEDED) return 'it is encrypted: it needs a password';
  return error === SECURITY_UNKNOWN ? 'it is encrypted in a way that is not known here' : 'it is damaged, or no PDF';
}
