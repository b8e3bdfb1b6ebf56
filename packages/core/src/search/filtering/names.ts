import { FOLDER } from '../../domain/entry.ts';
import { fold } from '../../domain/fold.ts';
import type { NamedValue } from '../../domain/query/query.ts';
import { textOf } from '../finding/search-text.ts';
import type { Predicate } from './predicate.ts';

/** A name that has all the words; an exact text as a whole, white space as one space. */
export function byText(text: string, exact: boolean): Predicate {
  const { words } = textOf([{ text, exact }]);
  return { test: ({ folded }) => words.every((word) => folded.includes(word)) };
}

/** One of the parts of names; with `*` or `?` in it, the whole name. */
export function byName(values: readonly NamedValue[]): Predicate {
  const tests = values.map(({ text, exact }) => {
    const folded = fold(text);
    return !exact && /[*?]/.test(text)
      ? (name: string) => matchesGlob(name, folded)
      : (name: string) => name.includes(folded);
  });
  return { test: ({ folded }) => tests.some((test) => test(folded)) };
}

export function byExtension(values: readonly NamedValue[]): Predicate {
  const endings = extensionsOf(values).map((extension) => `.${extension}`);
  return {
    test: ({ type, folded }) =>
      type !== FOLDER && endings.some((ending) => folded.endsWith(ending) && folded.length > ending.length),
    row: { sql: 'e.type <> ?', values: [FOLDER], meets: ({ type }) => type !== FOLDER, exact: false },
  };
}
export function extensionsOf(values: readonly NamedValue[]): string[] {
  return values.map(({ text }) => fold(text.replace(/^\./, '')));
}

/** `*` stands for any characters, `?` for one. Goes over the name once for each star at most. */
function matchesGlob(name: string, glob: string): boolean {
  const [characters, pattern] = [[...name], [...glob]];
  let [at, in_, star, since] = [0, 0, -1, 0];
  while (at < characters.length) {
    if (pattern[in_] === '*') {
      star = in_++;
      since = at;
    } else if (pattern[in_] === '?' || pattern[in_] === characters[at]) {
      in_++;
      at++;
    } else if (star >= 0) {
      in_ = star + 1;
      at = ++since;
    } else return false;
  }
  while (pattern[in_] === '*') in_++;
  return in_ === pattern.length;
}
