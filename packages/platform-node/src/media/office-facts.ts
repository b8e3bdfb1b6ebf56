import type { Budget } from './budget.ts';
import { readXml } from './xml-reader.ts';
import type { Zip } from './zip-reader.ts';

/** What a document says of itself. */
export interface DocumentFacts {
  title?: string;
  author?: string;
  pages?: number;
}

const LONGEST = 1000;
const SINGLE: Readonly<Record<string, 'title' | 'author'>> = {
  title: 'title',
  creator: 'author',
  'initial-creator': 'author',
};
/** Elements whose text is a number of pages; a presentation's pages are its slides. */
const COUNTS = new Set(['Pages', 'Slides']);

/** Reads the properties in the given parts of an archive; a part that is missing says nothing. The first word counts. */
export async function readFacts(zip: Zip, parts: readonly string[], budget: Budget): Promise<DocumentFacts> {
  const facts: DocumentFacts = {};
  for (const part of parts) {
    const chunks = zip.read(part, budget);
    if (!chunks) continue;
    let text = '';
    await readXml(chunks, {
      open: (name, attribute) => {
        text = '';
        if (name === 'document-statistic') setPages(facts, attribute('page-count'));
      },
      text: (more) => (text = text.length < LONGEST ? text + more.slice(0, LONGEST) : text),
      close: (name) => {
        const key = SINGLE[name];
        if (key && text.trim() !== '') facts[key] ??= text.trim().slice(0, LONGEST);
        if (COUNTS.has(name)) setPages(facts, text);
        text = '';
      },
    });
  }
  return facts;
}

function setPages(facts: DocumentFacts, written: string | undefined): void {
  const pages = Number(written ?? 0);
  if (Number.isSafeInteger(pages) && pages > 0) facts.pages = pages;
}
