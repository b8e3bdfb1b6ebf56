import type { MediaRequest } from '@sd/core/ports/media.ts';
import { Budget } from './budget.ts';
import { type DocumentRead, type DocumentReader, Unreadable } from './document.ts';
import { type DocumentFacts, readFacts } from './office-facts.ts';
import { gatherSheets } from './office-sheets.ts';
import { ODF_TEXT, OOXML_TEXT, gatherText } from './office-text.ts';
import { TextGatherer } from './text-gatherer.ts';
import { type Zip, readPart, withZip } from './zip-reader.ts';

const OOXML_FACTS = ['docProps/core.xml', 'docProps/app.xml'];
const LARGEST_THUMBNAIL = 8 << 20;

/** Word processing of Office Open XML: the document, then what stands around it. */
export const readDocx: DocumentReader = (request) =>
  readOffice(request, 'word/document.xml', OOXML_FACTS, async (zip, gathered, budget) => {
    const around = numbered(zip, /^word\/(?:footnotes|endnotes|comments|header\d*|footer\d*)\.xml$/);
    for (const part of ['word/document.xml', ...around]) await gatherText(zip, part, OOXML_TEXT, gathered, budget);
  });

/** A presentation: slide by slide, then the notes. */
export const readPptx: DocumentReader = (request) =>
  readOffice(request, 'ppt/presentation.xml', OOXML_FACTS, async (zip, gathered, budget) => {
    const slides = numbered(zip, /^ppt\/slides\/slide\d+\.xml$/);
    const notes = numbered(zip, /^ppt\/notesSlides\/notesSlide\d+\.xml$/);
    for (const part of [...slides, ...notes]) await gatherText(zip, part, OOXML_TEXT, gathered, budget);
  });

export const readXlsx: DocumentReader = (request) => readOffice(request, 'xl/workbook.xml', OOXML_FACTS, gatherSheets);

/** Text, sheet or slides of OpenDocument. */
export const readOdf: DocumentReader = (request) =>
  readOffice(request, 'content.xml', ['meta.xml'], (zip, gathered, budget) =>
    gatherText(zip, 'content.xml', ODF_TEXT, gathered, budget),
  );

type Gather = (zip: Zip, gathered: TextGatherer, budget: Budget) => Promise<void>;

async function readOffice(
  { path, limits, wants }: MediaRequest,
  mainPart: string,
  factParts: readonly string[],
  gather: Gather,
): Promise<DocumentRead> {
  return withZip(path, async (zip) => {
    if (!zip.entries.some(({ name }) => name === mainPart))
      throw new Unreadable(`it has no ${mainPart}, so it is no document of its kind`);
    const budget = new Budget(limits.unpackedBytes);
    const facts: DocumentFacts = wants.includes('facts') ? await readFacts(zip, factParts, budget) : {};
    const picture = wants.includes('thumbnails')
      ? await readPart(zip, 'Thumbnails/thumbnail.png', LARGEST_THUMBNAIL, budget)
      : undefined;
    const gathered = new TextGatherer(wants.includes('text') ? limits.textLength : 0);
    if (!gathered.full) await gather(zip, gathered, budget);
    const text = gathered.take();
    return { facts: { ...facts }, ...(picture ? { picture } : {}), ...(text === undefined ? {} : { text }) };
  });
}

/** Parts whose name fits, by the number in it. */
function numbered(zip: Zip, pattern: RegExp): string[] {
  const numberOf = (name: string): number => Number(/(\d{1,9})\.xml$/.exec(name)?.[1] ?? 0);
  return zip.entries
    .map(({ name }) => name)
    .filter((name) => pattern.test(name))
    .toSorted((a, b) => numberOf(a) - numberOf(b));
}
