import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CHOICES } from './choices.ts';
import { KEYS, KEY_FACTS } from './keys.ts';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';
import type { Query } from './query.ts';
import { anyCharacter } from '../../testing/any-character.ts';

/** The query without where its parts stood. */
function bare(query: Query): unknown {
  return JSON.parse(JSON.stringify(query, (name, value: unknown) => (name === 'at' ? undefined : value)));
}

const WORDS = [
  ...KEYS.map((key) => `${key}:`),
  ...KEYS.flatMap((key) => KEY_FACTS[key].aliases.map((word) => `${word}:`)),
  ...Object.values(CHOICES).flat(),
  ...[
    'contents',
    'names',
    'today',
    'last-week',
    '7d',
    '2024',
    '2024-02',
    '2024-02-30',
    '2024-05-12T10:30Z',
    '..',
    '>',
    '>=',
    '<',
    '=',
  ],
  ...['5', '5mb', '1.5', 'GiB', '1:30', '1h30m', '1920x1080', '48.1,11.4..48.3,11.7', ',', 'yes', 'no'],
  ...[
    'OR',
    'or',
    '-',
    '--',
    '(',
    ')',
    '"',
    '\\',
    '\\"',
    ' ',
    '  ',
    '\t',
    '\n',
    ':',
    '::',
    '://',
    '*',
    '?',
    '=',
    'a',
    'B',
    'foo',
    'sise:',
    ...['and', 'not', 'last', 'week', 'this', 'days', 'mb', '3', 'size>5', 'before:', 'near:', 'AND'],
    'tagg:',
  ],
  ...['é', 'ß', '東京', '😀', '\u0000', '\u00a0', '\u3000', '\ud800', '\udc00', '\u202e', '\ufeff', '≥'],
];
const typed = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join('')) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...WORDS), { maxLength: 10 }).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
      .map((codes) => String.fromCharCode(...codes)),
  },
);

test('whatever is typed is understood, or what is wrong with it is pointed at within the text', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const parsed = parseQuery(text);
      if (parsed.ok) return;
      const { at, message } = parsed.problem;
      assert.ok(message.length > 0 && message.length < 300, message);
      assert.ok(at.start >= 0 && at.length > 0 && at.start + at.length <= text.length, JSON.stringify({ text, at }));
    }),
    { numRuns: 20_000 },
  );
});

test('a suggestion, put where the mistake is, is no mistake there any more', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const parsed = parseQuery(text);
      if (parsed.ok || parsed.problem.suggestion === undefined) return;
      const { at, suggestion } = parsed.problem;
      const again = parseQuery(text.slice(0, at.start) + suggestion + text.slice(at.start + at.length));
      assert.ok(again.ok || again.problem.at.start > at.start || again.problem.suggestion !== suggestion, text);
    }),
    { numRuns: 5000 },
  );
});

test('what was understood, written down and read again, is the same', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const parsed = parseQuery(text);
      if (!parsed.ok) return;
      const written = printQuery(parsed.value);
      const again = parseQuery(written);
      assert.ok(again.ok, `${JSON.stringify(written)}: ${again.ok ? '' : again.problem.message}`);
      assert.deepEqual(bare(again.value), bare(parsed.value), JSON.stringify({ text, written }));
      assert.equal(printQuery(again.value), written);
    }),
    { numRuns: 20_000 },
  );
});

test('a long text of brackets, quotes and keys is read in no time', () => {
  for (const piece of ['(', ')', '(tag:a ', '"', '-(', 'OR ', '(a OR ', 'size:>1 ', '\\"']) {
    const before = process.threadCpuUsage();
    parseQuery(piece.repeat(Math.ceil(2000 / piece.length)));
    assert.ok(process.threadCpuUsage(before).user < 1_000_000, piece);
  }
});
