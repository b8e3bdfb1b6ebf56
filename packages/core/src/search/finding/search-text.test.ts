import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANYWHERE, EXACT, PREFIX, WORD_START, parseText, tierOf } from './search-text.ts';

test('a text is parted at white space and slashes only', () => {
  assert.deepEqual(parseText('  Holiday/Lisbon  2024.jpg ').words, ['holiday', 'lisbon', '2024.jpg']);
  assert.deepEqual(parseText('"a-b" OR NOT *').words, ['"a-b"', 'or', 'not', '*']);
  assert.equal(parseText('Müller  BRIEF').phrase, 'muller brief');
});

test('what is white space, slashes or accents alone asks for nothing', () => {
  for (const text of ['', '   ', '/', ' / / ', '\u0301', '\u3000'])
    assert.deepEqual(parseText(text), { phrase: '', words: [] });
});

test('a word within another one is not asked for twice', () => {
  assert.deepEqual(parseText('port report re re').words, ['report']);
});

test('whole names come before beginnings, beginnings of words, and the rest', () => {
  const tier = (name: string, text: string): number => tierOf(name, parseText(text));
  assert.equal(tier('report', 'Report'), EXACT);
  assert.equal(tier('report.pdf', 'report'), PREFIX);
  assert.equal(tier('old report.pdf', 'report'), WORD_START);
  assert.equal(tier('2024_report', 'report'), WORD_START);
  assert.equal(tier('unreported', 'report'), ANYWHERE);
  assert.equal(tier('unreported report', 'report'), WORD_START);
  assert.equal(tier('a.pdf', '.pdf'), ANYWHERE);
  assert.equal(tier('my tax report', 'tax report'), WORD_START);
  assert.equal(tier('report of tax', 'tax report'), ANYWHERE);
  assert.equal(tier('anything', ''), ANYWHERE);
});
