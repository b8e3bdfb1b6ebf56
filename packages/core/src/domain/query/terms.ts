import { choiceOf } from './choices.ts';
import { guessChoice, guessTerm, guessValue } from './guess.ts';
import { type Key, KEY_FACTS, isChoiceKey, isNamesKey, isNumberKey, isTimeKey } from './keys.ts';
import type { Item, Value } from './lex.ts';
import { readNumberRange } from './number-range.ts';
import { readDimensions, readPlace } from './pictures.ts';
import { QueryFault } from './problem.ts';
import { type ChoiceKey, type NamedValue, type NamesKey, type Query, type Span, WHERES } from './query.ts';
import { readTimeRange } from './time-range.ts';

/** What a key and its value ask for. Throws `QueryFault` where the value is not of the key's kind. */
export function termOf(key: Key, value: Value, at: Span, negated: boolean): Query {
  const [first] = value.items;
  if (!first) throw new QueryFault({ message: `nothing follows ${key}:`, at, expected: KEY_FACTS[key].expects });
  if (key === 'favorite') return favorite(first, at);
  if (isChoiceKey(key))
    return {
      op: 'term',
      key,
      any: value.items.map((item) => choice(key, item, negated || value.items.length > 1 ? undefined : at)),
      at,
    };
  if (isNamesKey(key)) return names(key, value, at);
  // A value in quotes is the same as without.
  const raw = first.quoted && value.items.length === 1 ? `${first.alone ? '=' : ''}${first.text}` : value.raw;
  const reader = readerOf(key);
  const read = reader?.(raw);
  if (!reader || !read)
    throw fault(key, raw, value.at, reader && guessValue(raw, (guess) => reader(guess) !== undefined, isTimeKey(key)));
  return { op: 'term', key, ...read, at } as Query;
}

/** What reads the values of a key that is no list of words; `undefined` what it cannot. */
export function readerOf(key: Key): ((text: string) => object | undefined) | undefined {
  if (isNumberKey(key)) return (text) => readNumberRange(key, text);
  if (isTimeKey(key)) return readTimeRange;
  if (key === 'place') return readPlace;
  return key === 'dimensions' ? readDimensions : undefined;
}

function names(key: NamesKey, value: Value, at: Span): Query {
  const [first] = value.items;
  const where = key === 'in' && value.items.length === 1 && WHERES.find((word) => word === first?.text.toLowerCase());
  if (where && !first?.quoted && !first?.alone) return { op: 'term', key: 'where', where, at };
  return { op: 'term', key, any: value.items.map((item) => named(key, item)), at };
}

function named(key: NamesKey, { text, quoted, alone, at }: Item): NamedValue {
  const taken = alone && (key === 'tag' || key === 'camera');
  const whole = alone && !taken ? `=${text}` : text;
  if (whole.trim() === '')
    throw new QueryFault({ message: `nothing follows ${key}:`, at, expected: KEY_FACTS[key].expects });
  if (key === 'content' && !UUID.test(whole)) throw fault(key, whole, at);
  return { text: whole, exact: quoted || !isBare(whole), alone: taken, at };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `term`: where another term could take its place. */
function choice(key: ChoiceKey, { text, at }: Item, term: Span | undefined): string {
  const found = choiceOf(key, text);
  if (found !== undefined) return found;
  const other = term && guessTerm(key, text);
  throw other === undefined ? fault(key, text, at, guessChoice(key, text)) : fault(key, text, term ?? at, other);
}

function favorite({ text, at: valueAt }: Item, at: Span): Query {
  const term: Query = { op: 'term', key: 'is', any: ['favorite'], at };
  const word = text.toLowerCase();
  if (['yes', 'true', '1'].includes(word)) return term;
  if (['no', 'false', '0'].includes(word)) return { op: 'not', of: term };
  throw fault('favorite', text, valueAt);
}

function fault(key: Key, text: string, at: Span, suggestion?: string): QueryFault {
  const expected = KEY_FACTS[key].expects;
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const message = `${JSON.stringify(shown)} is not ${expected.split(',')[0]}`;
  return new QueryFault({ message, at, expected, ...(suggestion === undefined ? {} : { suggestion }) });
}

/** Whether a name can stand behind a colon without quotes. Its brackets have their other ones: none is taken for one around it. */
export function isBare(text: string): boolean {
  return /^[^\s",=][^\s,]*$/u.test(text) && isBalanced(text);
}
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    else if (character === ')' && --depth < 0) return false;
  }
  return depth === 0;
}
