import { posix } from 'node:path';
import { Budget } from './budget.ts';
import { type DocumentReader, Unreadable } from './document.ts';
import { readFacts } from './office-facts.ts';
import { decodeText } from './text-decoding.ts';
import { TextGatherer } from './text-gatherer.ts';
import { htmlText } from './text-html.ts';
import { readXml } from './xml-reader.ts';
import { type Zip, readPart, withZip } from './zip-reader.ts';

const LARGEST_CHAPTER = 16 << 20;
const LARGEST_COVER = 16 << 20;
const MOST_ITEMS = 20_000;

interface Book {
  /** Parts in reading order. */
  readonly chapters: readonly string[];
  readonly cover?: string;
}

/** An electronic book: its chapters in reading order, its cover. */
export const readEpub: DocumentReader = ({ path, limits, wants }) =>
  withZip(path, async (zip) => {
    const budget = new Budget(limits.unpackedBytes);
    const packagePart = await packageOf(zip, budget);
    const facts = wants.includes('facts') ? await readFacts(zip, [packagePart], budget) : {};
    const book = await bookOf(zip, packagePart, budget);
    const cover =
      wants.includes('thumbnails') && book.cover !== undefined
        ? await readPart(zip, book.cover, LARGEST_COVER, budget)
        : undefined;
    const gathered = new TextGatherer(wants.includes('text') ? limits.textLength : 0);
    for (const chapter of book.chapters) {
      if (gathered.full) break;
      const page = await readPart(zip, chapter, LARGEST_CHAPTER, budget);
      if (page) gathered.add(`${htmlText(decodeText(page, false), gathered.room).text}\n`);
    }
    const text = gathered.take();
    return { facts: { ...facts }, ...(cover ? { picture: cover } : {}), ...(text === undefined ? {} : { text }) };
  });

/** Where the container says that the package is described. */
async function packageOf(zip: Zip, budget: Budget): Promise<string> {
  let part: string | undefined;
  const chunks = zip.read('META-INF/container.xml', budget);
  if (!chunks) throw new Unreadable('it has no META-INF/container.xml, so it is no book');
  await readXml(chunks, {
    open: (name, attribute) => {
      if (name === 'rootfile') part ??= attribute('full-path');
    },
  });
  if (part === undefined) throw new Unreadable('its container names no package');
  return part;
}

async function bookOf(zip: Zip, packagePart: string, budget: Budget): Promise<Book> {
  const chunks = zip.read(packagePart, budget);
  if (!chunks) throw new Unreadable('the package its container names is not there');
  const items = new Map<string, string>();
  const spine: string[] = [];
  let cover: string | undefined;
  let coverId: string | undefined;
  const partOf = (href: string): string => posix.join(posix.dirname(packagePart), decoded(href));
  await readXml(chunks, {
    open: (name, attribute) => {
      const id = attribute('id');
      const href = attribute('href');
      if (name === 'item' && id !== undefined && href !== undefined && items.size < MOST_ITEMS) {
        items.set(id, href);
        if (attribute('properties')?.split(' ').includes('cover-image')) cover = partOf(href);
      } else if (name === 'itemref' && spine.length < MOST_ITEMS) spine.push(attribute('idref') ?? '');
      else if (name === 'meta' && attribute('name') === 'cover') coverId = attribute('content');
    },
  });
  const named = coverId === undefined ? undefined : items.get(coverId);
  cover ??= named === undefined ? undefined : partOf(named);
  const chapters = spine.flatMap((id) => {
    const href = items.get(id);
    return href === undefined ? [] : [partOf(href)];
  });
  return cover === undefined ? { chapters } : { chapters, cover };
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
