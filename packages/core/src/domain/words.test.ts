import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldedWords, placedWords } from './words.ts';
import { anyCharacter } from '../testing/any-character.ts';

test('words are runs of letters and digits, case and accents aside', () => {
  assert.equal(foldedWords('The Müller-Søn (2024), 100%: "naïve"!'), 'the muller søn 2024 100 naive');
  assert.equal(foldedWords('snake_case and don’t'), 'snake case and don t');
  assert.equal(foldedWords('  --- '), '');
  assert.equal(foldedWords('ΟΔΟΣ'), foldedWords('οδος'));
});

test('scripts without spaces give a word per character', () => {
  assert.equal(foldedWords('東京タワー2024'), '東 京 タ ワ ー 2024');
  assert.equal(foldedWords('한국어 사전').split(' ').length, 2);
});

test('what is longer than a word is cut', () => {
  assert.equal(foldedWords('a'.repeat(1000)), 'a'.repeat(64));
  assert.equal(foldedWords('é'.repeat(1000)), 'e'.repeat(64));
});

test('placed words are the same words, each at its place', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: anyCharacter }),
    fc.constantFrom('e\u0301', 'İ', 'ß', 'ſ', '\u0345', '가', 'が', 'เก้า', '😀', '_', '\u0301', '-', ' ', '\ud800'),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('').toWellFormed()),
      (text) => {
        const placed = [...placedWords(text)];
        assert.equal(placed.map(({ folded }) => folded).join(' '), foldedWords(text));
        for (const { folded, start, end } of placed) assert.equal(foldedWords(text.slice(start, end)), folded);
      },
    ),
    { numRuns: 3000 },
  );
});
