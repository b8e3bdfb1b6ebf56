import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expressionOf, parseContentsQuery } from './contents-query.ts';

const expression = (text: string): string | undefined => expressionOf(parseContentsQuery(text));

test('words must all be there; the last may go on', () => {
  assert.equal(expression('Annual repor'), '"annual" AND "repor" *');
  assert.equal(expression('Annual a'), '"annual" AND "a"', 'one letter is a word');
  assert.equal(expression('annual 東'), '"annual" AND "東" *');
});

test('quotes hold words together and end them', () => {
  assert.equal(expression('"annual report" 2024 x'), '"annual report" AND "2024" AND "x"');
  assert.equal(expression('"annual report"'), '"annual report"');
  assert.equal(
    expression('tail "annual repo'),
    '"tail" AND "annual repo"',
    'a quote that does not end goes to the end',
  );
});

test('what is no word only joins', () => {
  assert.equal(expression('foo-bar.baz'), '"foo bar baz" *');
  assert.equal(expression('--- "" * " '), undefined);
  assert.equal(expression('a AND NOT* b^2 {x}: NEAR('), '"a" AND "and" AND "not" AND "b 2" AND "x" AND "near" *');
});

test('the same word twice is one', () => {
  assert.equal(expression('Müller muller MULLER '), '"muller" AND "muller" *');
});
