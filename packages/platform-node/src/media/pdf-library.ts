import { closeSync, readSync } from 'node:fs';
import { PDFiumModule } from '@hyzyla/pdfium';
import { Unreadable } from './document.ts';
import { openRegular } from './regular-file.ts';

/** Functions of PDFium's C interface by the names they have here; numbers are addresses in its memory. */
const FUNCTIONS = {
  initLibrary: 'FPDF_InitLibrary',
  loadMemory: 'FPDF_LoadMemDocument',
  lastError: 'FPDF_GetLastError',
  closeDocument: 'FPDF_CloseDocument',
  pageCount: 'FPDF_GetPageCount',
  metaText: 'FPDF_GetMetaText',
  loadPage: 'FPDF_LoadPage',
  closePage: 'FPDF_ClosePage',
  pageWidth: 'FPDF_GetPageWidth',
  pageHeight: 'FPDF_GetPageHeight',
  loadText: 'FPDFText_LoadPage',
  closeText: 'FPDFText_ClosePage',
  countCharacters: 'FPDFText_CountChars',
  textOf: 'FPDFText_GetText',
  makeBitmap: 'FPDFBitmap_CreateEx',
  fill: 'FPDFBitmap_FillRect',
  dropBitmap: 'FPDFBitmap_Destroy',
  render: 'FPDF_RenderPageBitmap',
} as const;

type Functions = Readonly<Record<keyof typeof FUNCTIONS, (...values: number[]) => number>>;

export interface Pdfium extends Functions {
  /** All of its memory; another array after anything of it has run, as it may have grown. */
  memory(): Uint8Array;
  /** 0 where there is no room. */
  malloc(bytes: number): number;
  free(at: number): void;
}

/** Memory a module never gives back; one that has grown past this is let go of. */
const LARGEST_HEAP = 256 << 20;
const PASSWORD_NEEDED = 4;
const SECURITY_UNKNOWN = 5;

/** What it has to say of a file goes nowhere: the reason is ours. */
const QUIET = { print() {}, printErr() {} };

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
      const document = pdfium.loadMemory(at, bytes, 0);
      if (document === 0) throw new Unreadable(reasonOf(pdfium.lastError()));
      const found = use(pdfium, document);
      pdfium.closeDocument(document);
      return found;
    });
    whole = true;
    return result;
  } catch (error) {
    whole = error instanceof Unreadable;
    throw whole ? error : new Unreadable(`it cannot be read: ${(error as Error).message}`, error);
  } finally {
    // After a trap nothing in its memory can be relied on.
    if (!whole || pdfium.memory().length > LARGEST_HEAP) loading = undefined;
  }
}

async function load(): Promise<Pdfium> {
  const module = (await PDFiumModule({ ...QUIET } as object)) as unknown as Readonly<
    Record<string, (...values: number[]) => number>
  > & {
    readonly HEAPU8: Uint8Array;
    readonly wasmExports: { malloc(bytes: number): number; free(at: number): void };
  };
  const functions = Object.fromEntries(Object.entries(FUNCTIONS).map(([name, theirs]) => [name, module[`_${theirs}`]]));
  const pdfium: Pdfium = {
    ...(functions as Functions),
    memory: () => module.HEAPU8,
    // The module hands out signed numbers.
    malloc: (bytes) => module.wasmExports.malloc(bytes) >>> 0,
    free: (at) => module.wasmExports.free(at),
  };
  pdfium.initLibrary();
  return pdfium;
}

function withBytes<T>(pdfium: Pdfium, path: string, most: number, use: (at: number, bytes: number) => T): T {
  const { file, size } = openRegular(path);
  try {
    if (size > most) throw new Unreadable(`it is larger than ${most} bytes`);
    const at = pdfium.malloc(size);
    if (at === 0) throw new Unreadable('it takes more memory than there is for it');
    try {
      let read = 0;
      for (let more = 1; more > 0 && read < size; read += more) {
        more = readSync(file, pdfium.memory(), at + read, size - read, read);
      }
      return use(at, read);
    } finally {
      pdfium.free(at);
    }
  } finally {
    closeSync(file);
  }
}

function reasonOf(error: number): string {
  if (error === PASSWORD_NEEDED) return 'it is encrypted: it needs a password';
  return error === SECURITY_UNKNOWN ? 'it is encrypted in a way that is not known here' : 'it is damaged, or no PDF';
}
