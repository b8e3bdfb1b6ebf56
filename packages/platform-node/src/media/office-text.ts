import type { Budget } from './budget.ts';
import type { TextGatherer } from './text-gatherer.ts';
import { readXml } from './xml-reader.ts';
import type { Zip } from './zip-reader.ts';

/** Which elements of a format hold text, and what their ends stand for. */
export interface TextElements {
  /** Text counts within these; `undefined`: within `body`, everywhere. */
  readonly holds?: ReadonlySet<string>;
  readonly body?: string;
  /** What is written where an element ends. */
  readonly ends: Readonly<Record<string, string>>;
}

/** WordprocessingML and DrawingML: documents and slides. */
export const OOXML_TEXT: TextElements = {
  holds: new Set(['t']),
  ends: { p: '\n', tab: '\t', br: '\n', cr: '\n', tc: '\t', tr: '\n' },
};

/** OpenDocument: text, sheets and slides alike. */
export const ODF_TEXT: TextElements = {
  body: 'body',
  ends: { p: '\n', h: '\n', tab: '\t', s: ' ', 'line-break': '\n', 'table-row': '\n' },
};

/** Adds the text of one part of an archive to what was gathered. */
export async function gatherText(
  zip: Zip,
  part: string,
  { holds, body, ends }: TextElements,
  gathered: TextGatherer,
  budget: Budget,
): Promise<void> {
  const chunks = gathered.full ? undefined : zip.read(part, budget);
  if (!chunks) return;
  let within = 0;
  const counts = (name: string): boolean => (holds ? holds.has(name) : name === body);
  await readXml(chunks, {
    open: (name) => {
      if (counts(name)) within++;
    },
    text: (text) => {
      if (within > 0) gathered.add(text);
    },
    close: (name) => {
      const end = ends[name];
      if (end !== undefined && (holds || within > 0)) gathered.add(end);
      if (counts(name)) within--;
    },
    enough: () => gathered.full,
  });
}
