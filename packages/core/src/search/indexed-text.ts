/**
 * What the text index holds of a name: its trigrams between anchors. A `/` cannot be in a name, so `/rep` stands for
 * "begins with rep" and `pdf/` for "ends with pdf"; the two slashes at the end give the last characters trigrams of
 * their own, so that every character of a name begins one.
 */
export function indexedText(folded: string): string {
  return `/${folded}//${nameMark(folded)}`;
}

const MARKS = 4096;
const FIRST_MARK = 0xe000;

/**
 * One of 4096 characters (of the private use area), by the whole name. The trigram it makes, `//` and it, tells a name
 * from others made of the same trigrams: of a hundred thousand `__init__.py` hardly any can pass for `__.py`.
 */
function nameMark(folded: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < folded.length; at++) hash = Math.imul(hash ^ folded.charCodeAt(at), 0x01000193);
  return String.fromCharCode(FIRST_MARK + (((hash ^ (hash >>> 16)) >>> 0) % MARKS));
}

const SURROGATE = /[\ud800-\udfff]/;
// The tokenizer reads these as U+FFFD.
const NOT_READ = /[\ufffe\uffff]/g;

/** A text as the tokenizer of the index reads it. */
export function asRead(text: string): string {
  return text.replace(NOT_READ, '\ufffd');
}

/** The trigrams of a text, by characters, as the tokenizer of the index makes them. */
export function trigrams(text: string): string[] {
  const read = asRead(text);
  const made: string[] = [];
  if (!SURROGATE.test(read)) {
    for (let at = 0; at + 3 <= read.length; at++) made.push(read.slice(at, at + 3));
    return made;
  }
  const characters = [...read];
  for (let at = 0; at + 3 <= characters.length; at++) made.push(characters.slice(at, at + 3).join(''));
  return made;
}
