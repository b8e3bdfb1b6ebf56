import { tidyText } from '../../domain/tidy-text.ts';
import { foldedWords } from '../../domain/words.ts';

/** Words that must stand one after the other. */
export interface Term {
  /** Folded; at least one. */
  readonly words: readonly string[];
  /** The last of them may go on. */
  readonly prefix: boolean;
}

/** What was typed, as texts are compared with it: all of its terms must be in a text, in any order. */
export interface ContentsQuery {
  readonly terms: readonly Term[];
}

/** A shorter beginning stands for too many words to be of use. */
const SHORTEST_PREFIX = 2;
const LONGEST_QUERY = 1000;
const PART = /"([^"]*)(?:"|$)|[^\s"]+/gu;

/**
 * Any characters are a query. White space parts terms, double quotes hold words together; what is no word is passed over,
 * but keeps what it joins together: `foo-bar` is `"foo bar"`. The last word, unless in quotes, stands for its beginning.
 */
export function parseContentsQuery(text: string): ContentsQuery {
  const typed = tidyText(text, LONGEST_QUERY);
  const terms = new Map<string, Term>();
  const last = typed.length;
  for (const found of typed.matchAll(PART)) {
    const [part, quoted] = found;
    const words = foldedWords(quoted ?? part)
      .split(' ')
      .filter((word) => word !== '');
    const ending = words.at(-1);
    if (ending === undefined) continue;
    const prefix = quoted === undefined && found.index + part.length === last && isPrefix(ending);
    terms.set(`${words.join(' ')}${prefix ? '*' : ''}`, { words, prefix });
  }
  return { terms: [...terms.values()] };
}

function isPrefix(word: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return word.length >= SHORTEST_PREFIX || !/^[\u0000-\u024f]*$/.test(word);
}

/** For FTS5; `undefined` where there is nothing to look for. Words are letters and digits: nothing in them needs quoting but the words themselves. */
export function expressionOf({ terms }: ContentsQuery): string | undefined {
  if (terms.length === 0) return undefined;
  return terms.map(({ words, prefix }) => `"${words.join(' ')}"${prefix ? ' *' : ''}`).join(' AND ');
}
