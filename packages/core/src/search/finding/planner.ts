import type { ReadConnection } from '../../ports/sqlite.ts';
import type { FoundIds } from '../filtering/row-facts.ts';
import { asRead, indexedText, trigrams } from '../indexed-text.ts';
import { type Gram, GramTable } from './gram-table.ts';
import { ANYWHERE, EXACT, PREFIX, type SearchText, type Tier, separators, startsWords } from './search-text.ts';

/**
 * How to come by the entries that may match: none can, all must be looked at, or those the index names. The index says
 * which names have the trigrams, not in which order: candidates are checked against their names.
 */
export type Plan =
  | { readonly by: 'nothing' }
  | { readonly by: 'scan' }
  /** These; about so many at most. */
  | { readonly by: 'ids'; readonly most: number; found(): FoundIds }
  /** `docs`: at most so many. */
  | { readonly by: 'index'; readonly expression: string; readonly docs: number };

/** What must be in the indexed text: one part of a full-text expression and in how many names it is. */
interface Part {
  readonly docs: number;
  readonly expression: string;
  /** Where in the query; neighbours share two of three characters and say little new. */
  readonly place: number;
}

/** An OR of more terms than this costs more than it saves. */
const MOST_ALTERNATIVES = 400;
const MOST_PARTS = 6;
/** With so few candidates left another list is not worth reading. */
const FEW = 40;
/** Measured: reading one posting, and looking up one candidate's entry, in microseconds. */
const POSTING_US = 0.012;
const LOOKUP_US = 8;

/** Chooses the trigrams to look up. Holds nothing but its statements' text: one per search. */
export class Planner {
  readonly #grams: GramTable;
  readonly #docs: number;
  readonly #extensions: readonly string[];

  /** `docs`: names in the index. `extensions`: folded; one of them must end the name, if there are any. */
  constructor(db: ReadConnection, docs: number, extensions: readonly string[]) {
    this.#grams = new GramTable(db);
    this.#docs = Math.max(1, docs);
    this.#extensions = extensions;
  }

  /** For names of that tier or better. */
  plan(text: SearchText, tier: Tier = ANYWHERE): Plan {
    if (tier === EXACT) return this.#need([indexedText(text.phrase)]);
    if (tier === PREFIX) return this.#need([`/${text.phrase}`]);
    if (tier === ANYWHERE) return this.#need(text.words);
    if (text.words.length > 1) return this.#need([text.phrase, ...text.words]);
    return this.#wordStart(text.phrase);
  }

  /** All of `texts`, and `more` parts. */
  #need(texts: readonly string[], more: readonly Part[] = []): Plan {
    const parts = new Map<string, Part>();
    for (const [at, text] of texts.entries()) {
      const found = this.#partsOf(text, at * 1000);
      if (found === 'absent') return { by: 'nothing' };
      for (const part of found) if (!parts.has(part.expression)) parts.set(part.expression, part);
    }
    const ending = this.#ending();
    if (ending === 'absent') return { by: 'nothing' };
    return this.#choose([...parts.values(), ...more, ...(ending ? [ending] : [])]);
  }

  #partsOf(text: string, place: number): Part[] | 'absent' {
    const grams = trigrams(text);
    if (grams.length === 0) {
      // One or two characters: any trigram that begins with them.
      const part = anyOf(this.#grams.from(text, MOST_ALTERNATIVES + 1), place);
      return part === 'too many' ? [] : part === 'absent' ? part : [part];
    }
    const found = this.#grams.of(grams);
    if (found.length < grams.length) return 'absent';
    return found.map(({ gram, docs }, at) => ({ docs, expression: quoted(gram), place: place + at }));
  }

  #wordStart(word: string): Plan {
    if (!startsWords(word)) return { by: 'nothing' };
    const head = [...word].slice(0, 2).join('');
    const starts = separators().map((separator) => separator + head);
    const whole = trigrams(` ${head}`).length === 1;
    const part = anyOf(
      whole
        ? this.#grams.of(starts.map(asRead))
        : starts.flatMap((start) => this.#grams.from(start, MOST_ALTERNATIVES + 1)),
      -10,
    );
    if (part === 'absent') return { by: 'nothing' };
    return part === 'too many' ? this.#need([word]) : this.#need([...word].length > 2 ? [word] : [], [part]);
  }

  /** Names that end in one of the extensions: for each its rarest trigram. */
  #ending(): Part | 'absent' | undefined {
    if (this.#extensions.length === 0) return undefined;
    const rarest = this.#extensions.flatMap((extension) => {
      const grams = trigrams(`.${extension}/`);
      const found = this.#grams.of(grams);
      return found.length < grams.length ? [] : (found.toSorted((a, b) => a.docs - b.docs)[0] ?? []);
    });
    const part = anyOf(rarest, -20);
    return part === 'too many' ? undefined : part;
  }

  /** The rarest first, then what narrows more than its list costs to read. */
  #choose(parts: Part[]): Plan {
    const [first, ...others] = parts.sort((a, b) => a.docs - b.docs);
    if (!first) return { by: 'scan' };
    const used = [first];
    let left = first.docs;
    for (const neighbours of [false, true]) {
      for (const part of others) {
        if (left < FEW || used.length >= MOST_PARTS) break;
        if (used.includes(part) || (!neighbours && used.some(({ place }) => Math.abs(place - part.place) < 2)))
          continue;
        const share = Math.min(1, Math.sqrt(part.docs / this.#docs));
        const kept = neighbours ? Math.max(0.5, share) : share;
        if (part.docs * POSTING_US > left * LOOKUP_US * (1 - kept)) continue;
        used.push(part);
        left *= kept;
      }
    }
    return { by: 'index', expression: used.map(({ expression }) => expression).join(' AND '), docs: first.docs };
  }
}

function anyOf(grams: readonly Gram[], place: number): Part | 'absent' | 'too many' {
  if (grams.length === 0) return 'absent';
  if (grams.length > MOST_ALTERNATIVES) return 'too many';
  const docs = grams.reduce((sum, gram) => sum + gram.docs, 0);
  return {
    docs,
    place,
    expression:
      grams.length === 1 ? quoted(grams[0]?.gram ?? '') : `(${grams.map(({ gram }) => quoted(gram)).join(' OR ')})`,
  };
}

function quoted(gram: string): string {
  return `"${gram.replaceAll('"', '""')}"`;
}
