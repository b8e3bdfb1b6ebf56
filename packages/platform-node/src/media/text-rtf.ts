import { TextGatherer } from './text-gatherer.ts';

/** Groups that hold what no reader sees. */
const UNSEEN = new Set(
  'fonttbl colortbl stylesheet listtable listoverridetable info pict object themedata datastore generator rsidtbl xmlnstbl latentstyles filetbl revtbl'.split(
    ' ',
  ),
);
const WRITTEN: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  page: '\n',
  row: '\n',
  sect: '\n',
  tab: '\t',
  cell: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
};
const DEEPEST = 1000;
const TOKEN = /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([\da-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\/g;

interface Group {
  readonly unseen: boolean;
  /** How many characters stand, after each `\u`, for readers that do not know it. */
  readonly fallback: number;
}

/** The text of RTF, given byte for byte as characters. */
export function rtfText(source: string, limit: number): string {
  const gathered = new TextGatherer(limit);
  const windows = new TextDecoder(codePage(source));
  const above: Group[] = [];
  let group: Group = { unseen: false, fallback: 1 };
  let skip = 0;
  const write = (text: string): void => {
    const cut = Math.min(skip, text.length);
    skip -= cut;
    if (!group.unseen) gathered.add(text.slice(cut));
  };
  for (const [, word, number, hex, symbol, brace, text] of source.matchAll(TOKEN)) {
    if (gathered.full) break;
    if (brace === '{') {
      if (above.length < DEEPEST) above.push(group);
    } else if (brace === '}') {
      group = above.pop() ?? group;
      skip = 0;
    } else if (symbol === '*') group = { ...group, unseen: true };
    else if (symbol !== undefined) write(symbol === '~' ? ' ' : '\\{}'.includes(symbol) ? symbol : '');
    else if (hex !== undefined) write(windows.decode(Uint8Array.of(Number.parseInt(hex, 16))));
    else if (text !== undefined) write(windows.decode(Buffer.from(text, 'latin1')));
    else if (word === 'u' && number !== undefined) {
      write(String.fromCharCode(Number(number) & 0xffff));
      skip = group.fallback;
    } else if (word === 'uc') group = { ...group, fallback: Math.min(Number(number ?? 1), 8) };
    else if (word !== undefined && UNSEEN.has(word)) group = { ...group, unseen: true };
    else if (word !== undefined && WRITTEN[word] !== undefined) write(WRITTEN[word]);
  }
  return gathered.take() ?? '';
}

function codePage(source: string): string {
  const page = /\\ansicpg(\d{3,5})/.exec(source.slice(0, 1000))?.[1];
  try {
    return new TextDecoder(`windows-${page}`).encoding;
  } catch {
    return 'windows-1252';
  }
}
