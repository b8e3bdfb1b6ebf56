import { decodeReferences } from './text-entities.ts';
import { TextGatherer } from './text-gatherer.ts';

/** Elements whose content is for the browser, not for the reader. */
const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'svg', 'math', 'iframe', 'object']);
/** Elements that stand in the middle of a line. */
const INLINE = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
);
const LONGEST_TITLE = 1000;

/** The text of a page. Goes over it once, whatever it holds. */
export function htmlText(source: string, limit: number): { text: string; title?: string } {
  const gathered = new TextGatherer(limit);
  let title: string | undefined;
  let at = 0;
  while (at < source.length && !gathered.full) {
    const open = source.indexOf('<', at);
    gathered.add(spaced(source.slice(at, open < 0 ? undefined : open)));
    if (open < 0) break;
    const tag = tagAt(source, open);
    if (!tag) {
      gathered.add('<');
      at = open + 1;
      continue;
    }
    at = tag.end;
    if (!INLINE.has(tag.name)) gathered.add('\n');
    if (tag.closing || !(UNSEEN.has(tag.name) || tag.name === 'title')) continue;
    const end = closingTag(source, tag.name, at);
    if (tag.name === 'title') title ??= spaced(source.slice(at, end)).trim().slice(0, LONGEST_TITLE);
    at = end;
  }
  const text = (gathered.take() ?? '').replace(/[ \t]*\n\s*/g, '\n');
  return title ? { text, title } : { text };
}

interface Tag {
  /** In lower case; empty for comments and declarations. */
  readonly name: string;
  readonly closing: boolean;
  /** Where the text goes on. */
  readonly end: number;
}

function tagAt(source: string, open: number): Tag | undefined {
  if (source.startsWith('<!--', open)) return { name: '', closing: false, end: after(source, '-->', open + 4) };
  const match = /<(\/?)([a-zA-Z][\w:-]{0,30})|<[!?]/y;
  match.lastIndex = open;
  const found = match.exec(source);
  if (!found) return undefined;
  return {
    name: found[2]?.toLowerCase() ?? '',
    closing: found[1] === '/',
    end: after(source, '>', match.lastIndex),
  };
}

/** Past what is looked for; the end of the page where it does not come. */
function after(source: string, what: string, from: number): number {
  const at = source.indexOf(what, from);
  return at < 0 ? source.length : at + what.length;
}

function closingTag(source: string, name: string, from: number): number {
  const found = new RegExp(`</${name}`, 'gi');
  found.lastIndex = from;
  return found.exec(source)?.index ?? source.length;
}

function spaced(text: string): string {
  return decodeReferences(text).replace(/\s+/g, ' ');
}
