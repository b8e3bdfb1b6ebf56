import { SdError } from '../../errors.ts';

/** An element where it stands in its text: what is not touched can stay byte for byte. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
  /** Of the whole element. */
  readonly start: number;
  readonly end: number;
  /** Where its content begins and ends; both at the end of its tag where it is written as an empty element. */
  readonly inside: readonly [from: number, to: number];
  readonly isEmptyTag: boolean;
}
export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  /** With the white space before it. */
  readonly start: number;
  readonly end: number;
}

/** What a sidecar may be: real ones have some hundred elements, a few deep. */
const MOST_ELEMENTS = 50_000;
const DEEPEST = 100;
const MOST_ATTRIBUTES = 1_000;

const NAME = /[A-Za-z_][\w.:-]*/y;
const SPACE = /\s*/y;

/**
 * Reads XML without a document type: entities of its own, which a hostile file could blow up, are refused, and so is
 * what is not well formed. Answers the outermost element. Throws `CORRUPT`.
 */
export function parseXml(text: string): XmlElement {
  return new Parser(text).document();
}

interface Open {
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  readonly start: number;
  readonly from: number;
  text: string;
}

class Parser {
  readonly #text: string;
  #at = 0;
  #elements = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): XmlElement {
    const open: Open[] = [];
    let root: XmlElement | undefined;
    for (;;) {
      const next = this.#text.indexOf('<', this.#at);
      const between = this.#text.slice(this.#at, next < 0 ? undefined : next);
      const top = open.at(-1);
      if (top) top.text += decoded(between);
      else if (between.replace('\ufeff', '').trim() !== '') throw broken('text outside of any element');
      if (next < 0) break;
      this.#at = next;
      const element = this.#markup(open);
      if (!element) continue;
      const parent = open.at(-1);
      if (parent) parent.children.push(element);
      else if (root) throw broken('more than one outermost element');
      else root = element;
    }
    if (open.length > 0 || !root) throw broken('it ends too early');
    return root;
  }

  /** Reads what begins with `<`; answers an element that ended with it. */
  #markup(open: Open[]): XmlElement | undefined {
    if (this.#skips('<!--', '-->') || this.#skips('<?', '?>')) return undefined;
    if (this.#text.startsWith('<![CDATA[', this.#at)) {
      const from = this.#at + '<![CDATA['.length;
      this.#skips('<![CDATA[', ']]>');
      const top = open.at(-1);
      if (!top) throw broken('text outside of any element');
      top.text += this.#text.slice(from, this.#at - ']]>'.length);
      return undefined;
    }
    if (this.#text.startsWith('<!', this.#at)) throw broken('it declares a document type, which is not read');
    return this.#text.startsWith('</', this.#at) ? this.#close(open) : this.#open(open);
  }

  #skips(begin: string, end: string): boolean {
    if (!this.#text.startsWith(begin, this.#at)) return false;
    const to = this.#text.indexOf(end, this.#at + begin.length);
    if (to < 0) throw broken('it ends too early');
    this.#at = to + end.length;
    return true;
  }

  #open(open: Open[]): XmlElement | undefined {
    const start = this.#at++;
    if (++this.#elements > MOST_ELEMENTS || open.length >= DEEPEST) throw broken('it has too many elements');
    const name = this.#match(NAME);
    const attributes: XmlAttribute[] = [];
    for (;;) {
      const before = this.#at;
      const space = this.#match(SPACE);
      if (this.#text.startsWith('/>', this.#at)) {
        const [tagEnd, end] = [this.#at, this.#at + 2];
        this.#at = end;
        return { name, attributes, children: [], text: '', start, end, inside: [tagEnd, tagEnd], isEmptyTag: true };
      }
      if (this.#text[this.#at] === '>') {
        open.push({ name, attributes, children: [], text: '', start, from: ++this.#at });
        return undefined;
      }
      if (space === '' || attributes.length >= MOST_ATTRIBUTES) throw broken(`a tag of ${name}`);
      attributes.push(this.#attribute(before));
    }
  }

  #attribute(start: number): XmlAttribute {
    const name = this.#match(NAME);
    this.#match(SPACE);
    if (this.#text[this.#at++] !== '=') throw broken(`the attribute ${name} has no value`);
    this.#match(SPACE);
    const quote = this.#text[this.#at] ?? '';
    const end = quote === '"' || quote === "'" ? this.#text.indexOf(quote, this.#at + 1) : -1;
    if (end < 0) throw broken(`the attribute ${name} has no value`);
    const raw = this.#text.slice(this.#at + 1, end);
    if (raw.includes('<')) throw broken(`the attribute ${name}`);
    this.#at = end + 1;
    return { name, value: decoded(raw), start, end: this.#at };
  }

  #close(open: Open[]): XmlElement {
    const to = this.#at;
    this.#at += 2;
    const name = this.#match(NAME);
    this.#match(SPACE);
    const top = open.pop();
    if (this.#text[this.#at++] !== '>' || top?.name !== name) throw broken(`${name} ends where it is not open`);
    const { attributes, children, text, start, from } = top;
    return { name, attributes, children, text, start, end: this.#at, inside: [from, to], isEmptyTag: false };
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw broken('it is not well formed');
    this.#at += found.length;
    return found;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;]{0,12};)?/g, (_, name: string | undefined) => {
    const known = name === undefined ? undefined : (ENTITIES[name.slice(0, -1)] ?? character(name));
    if (known === undefined) throw broken('it uses an entity that XML does not have');
    return known;
  });
}

function character(name: string): string | undefined {
  const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));$/.exec(name);
  if (!digits) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined;
}

/** Text as it may stand in an element or an attribute. */
export function encodedXml(text: string): string {
  // oxlint-disable-next-line no-control-regex
  const allowed = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function broken(why: string): SdError {
  return new SdError('CORRUPT', `it is no XML that can be read: ${why}`);
}
