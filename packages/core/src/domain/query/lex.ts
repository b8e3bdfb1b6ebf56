import { type Key, keyOf } from './keys.ts';
import type { Span } from './query.ts';
import { continued } from './spaced.ts';

/** A piece of a search that was typed. `negated`: a minus stands before it. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly negated: boolean; readonly at: Span }
  | { readonly kind: 'quoted'; readonly text: string; readonly negated: boolean; readonly at: Span }
  | {
      readonly kind: 'keyed';
      readonly word: string;
      readonly value: Value;
      readonly negated: boolean;
      readonly at: Span;
    }
  | { readonly kind: 'open'; readonly negated: boolean; readonly at: Span }
  | { readonly kind: 'close'; readonly at: Span }
  | { readonly kind: 'or'; readonly at: Span };

/** What stands behind the colon. */
export interface Value {
  readonly raw: string;
  readonly items: readonly Item[];
  readonly at: Span;
}
/** One of the pieces between commas. */
export interface Item {
  readonly text: string;
  readonly quoted: boolean;
  /** An equals sign stands before it. */
  readonly alone: boolean;
  readonly at: Span;
}

const SPACE = /\s/u;
const KEYED = /([a-z][a-z_-]*):(?!\/\/|:)/iy;

/** Cuts a text into tokens. Every text has some; brackets are told from those within names by `brackets.ts`. */
export function tokensOf(text: string): Token[] {
  return new Lexer(text).run();
}

class Lexer {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): Token[] {
    while (this.#skipSpace()) this.#token();
    return this.#tokens;
  }

  #skipSpace(): boolean {
    while (this.#at < this.#text.length && SPACE.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#at < this.#text.length;
  }

  #token(): void {
    const start = this.#at;
    const negated = this.#negates(start);
    if (negated) this.#at++;
    const first = this.#text.charAt(this.#at);
    if (first === '(') {
      this.#at++;
      this.#tokens.push({ kind: 'open', negated, at: this.#since(start) });
    } else if (first === '"') {
      const text = this.#quoted();
      this.#tokens.push({ kind: 'quoted', text, negated, at: this.#since(start) });
    } else if (!negated && this.#closes(this.#at)) {
      this.#at++;
      this.#tokens.push({ kind: 'close', at: this.#since(start) });
    } else if (!this.#keyed(start, negated)) {
      const text = this.#run(false);
      if (text === 'OR' && !negated) this.#tokens.push({ kind: 'or', at: this.#since(start) });
      else this.#tokens.push({ kind: 'word', text, negated, at: this.#since(start) });
    }
  }

  /** A minus before something; two of them are a word. */
  #negates(at: number): boolean {
    const next = this.#text.charAt(at + 1);
    return this.#text.charAt(at) === '-' && next !== '' && next !== '-' && !SPACE.test(next) && !this.#closes(at + 1);
  }

  #keyed(start: number, negated: boolean): boolean {
    KEYED.lastIndex = this.#at;
    const word = KEYED.exec(this.#text)?.[1];
    if (word === undefined) return false;
    const behind = this.#text.charAt(this.#at + word.length + 1);
    const key = keyOf(word, behind !== '' && !SPACE.test(behind));
    if (key === undefined) return false;
    this.#at += word.length + 1;
    this.#tokens.push({ kind: 'keyed', word, value: this.#value(key), negated, at: this.#since(start) });
    return true;
  }

  #value(key: ReturnType<typeof keyOf>): Value {
    const start = this.#at;
    const items: Item[] = [];
    do {
      const from = this.#at;
      const alone = this.#text.charAt(from) === '=';
      if (alone) this.#at++;
      const quoted = this.#text.charAt(this.#at) === '"';
      const text = quoted ? this.#quoted() : typeof key === 'string' ? this.#spaced(key) : this.#run(true);
      if (text !== '' || quoted) items.push({ text, quoted, alone, at: this.#since(from) });
    } while (this.#text.charAt(this.#at) === ',' && ++this.#at);
    return { raw: this.#text.slice(start, this.#at), items, at: this.#since(start) };
  }

  /** A run with what belongs to it behind white space. */
  #spaced(key: Key): string {
    let text = this.#run(true);
    for (;;) {
      const end = continued(key, text, this.#text, this.#at);
      if (end === this.#at) return text;
      text += this.#text.slice(this.#at, end);
      this.#at = end;
      text += this.#run(true);
    }
  }

  /** From one double quote to the next, or to the end. `\"` and `\\` are the characters themselves. */
  #quoted(): string {
    let text = '';
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') {
        this.#at++;
        return text;
      }
      const next = this.#text.charAt(this.#at + 1);
      if (character === '\\' && (next === '"' || next === '\\')) this.#at++;
      text += this.#text.charAt(this.#at);
    }
    return text;
  }

  /** Up to white space, or a bracket that closes what began before; of a value also up to a comma. */
  #run(ofValue: boolean): string {
    const start = this.#at;
    for (let depth = 0; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (SPACE.test(character) || (ofValue && character === ',')) break;
      if (character === '(') depth++;
      if (character !== ')') continue;
      if (depth > 0) depth--;
      else if (this.#closes(this.#at)) break;
    }
    return this.#text.slice(start, this.#at);
  }

  /** A closing bracket with nothing but others like it behind. */
  #closes(at: number): boolean {
    let end = at;
    while (this.#text.charAt(end) === ')') end++;
    return end > at && (end === this.#text.length || SPACE.test(this.#text.charAt(end)));
  }

  #since(start: number): Span {
    return { start, length: this.#at - start };
  }
}
