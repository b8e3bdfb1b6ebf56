import type { Budget } from './budget.ts';
import { TextGatherer } from './text-gatherer.ts';
import { readXml } from './xml-reader.ts';
import { type Zip } from './zip-reader.ts';

/** A million empty strings are no more text than none. */
const MOST_STRINGS = 1_000_000;

/** Adds the text of a workbook: names of sheets, then their cells, row by row. */
export async function gatherSheets(zip: Zip, gathered: TextGatherer, budget: Budget): Promise<void> {
  const strings = await sharedStrings(zip, gathered.room, budget);
  await gatherNames(zip, gathered, budget);
  const sheets = zip.entries
    .flatMap(({ name }) => {
      const number = /^xl\/worksheets\/sheet(\d{1,6})\.xml$/.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number) }];
    })
    .toSorted((a, b) => a.number - b.number);
  for (const { name } of sheets) {
    if (gathered.full) return;
    await gatherCells(zip, name, strings, gathered, budget);
  }
}

/** Texts that cells share, by their number. Those beyond the length that is wanted anyway stay empty. */
async function sharedStrings(zip: Zip, length: number, budget: Budget): Promise<string[]> {
  const strings: string[] = [];
  const chunks = zip.read('xl/sharedStrings.xml', budget);
  if (!chunks) return strings;
  let [text, left, within, phonetic] = ['', length, false, false];
  await readXml(chunks, {
    open: (name) => {
      if (name === 't') within = true;
      else if (name === 'rPh') phonetic = true;
    },
    text: (more) => {
      if (!within || phonetic) return;
      const taken = more.slice(0, left);
      left -= taken.length;
      text += taken;
    },
    close: (name) => {
      if (name === 't') within = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') {
        strings.push(text);
        text = '';
      }
    },
    enough: () => left <= 0 || strings.length >= MOST_STRINGS,
  });
  return strings;
}

async function gatherNames(zip: Zip, gathered: TextGatherer, budget: Budget): Promise<void> {
  const chunks = zip.read('xl/workbook.xml', budget);
  if (!chunks) return;
  await readXml(chunks, {
    open: (name, attribute) => {
      if (name === 'sheet') gathered.add(`${attribute('name') ?? ''}\n`);
    },
    enough: () => gathered.full,
  });
}

async function gatherCells(
  zip: Zip,
  part: string,
  strings: readonly string[],
  gathered: TextGatherer,
  budget: Budget,
): Promise<void> {
  const chunks = zip.read(part, budget);
  if (!chunks) return;
  let type: string | undefined;
  let value = new TextGatherer(gathered.room);
  let within = false;
  await readXml(chunks, {
    open: (name, attribute) => {
      if (name === 'c') {
        type = attribute('t');
        value = new TextGatherer(gathered.room);
      } else if (name === 'v' || name === 't') within = true;
    },
    text: (text) => {
      if (within) value.add(text);
    },
    close: (name) => {
      if (name === 'v' || name === 't') within = false;
      else if (name === 'c') {
        const written = value.take() ?? '';
        const shown = type === 's' ? (strings[Number(written)] ?? '') : type === 'b' || type === 'e' ? '' : written;
        if (shown !== '') gathered.add(`${shown}\t`);
      } else if (name === 'row') gathered.add('\n');
    },
    enough: () => gathered.full,
  });
}
