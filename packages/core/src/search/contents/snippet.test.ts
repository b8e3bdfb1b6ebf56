import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseContentsQuery } from './contents-query.ts';
import { snippetOf } from './snippet.ts';
import { anyCharacter } from '../../testing/any-character.ts';

/** The snippet on one line, matches in brackets, an ellipsis where it is cut. */
function shown(text: string, query: string, whole = false): string | undefined {
  const snippet = snippetOf(text, parseContentsQuery(query), whole);
  if (!snippet) return undefined;
  const { segments, cut_start, cut_end } = snippet;
  const line = segments.map(({ text: piece, match }) => (match ? `[${piece}]` : piece)).join('');
  return `${cut_start ? '…' : ''}${line}${cut_end ? '…' : ''}`;
}

test('words are marked as they are written', () => {
  assert.equal(shown('Dear Ms Müller,\n the INVOICE', 'muller inv'), 'Dear Ms [Müller], the [INVOICE]');
  assert.equal(shown('an annual report, a report', '"annual report"'), 'an [annual] [report], a report');
  assert.equal(shown('東京タワー', '京タ'), '東[京][タ]ワー');
  assert.equal(shown('nothing of it', 'word'), undefined);
  assert.equal(shown('only one', 'one two'), 'only [one]');
  assert.equal(shown('only one', 'one two', true), undefined);
});

test('the piece with most of the words is shown, cut between words', () => {
  const filler = 'lorem ipsum dolor '.repeat(200);
  const text = `early tax ${filler} the tax law of 2024 says ${filler}`;
  const line = shown(text, 'tax law 2024') ?? '';
  assert.match(line, /^….*the \[tax\] \[law\] of \[2024\] says .*…$/);
  assert.ok(line.length < 200);
  assert.match(line, /^…(?:lorem|ipsum|dolor) /);
});

test('a phrase that reaches far is found, and words are not cut where pieces meet', () => {
  const far = `start${'.'.repeat(300)}end`;
  assert.match(shown(`${'x '.repeat(400)}${far} y`, '"start end"') ?? '', /\[start\]/);
  for (let before = 1000; before < 1060; before++)
    assert.equal(shown(`${'-'.repeat(before)}smart`, 'art '), undefined, 'the end of a word is no word');
});

test('whatever the text, the segments are a piece of it', () => {
  const text = fc.string({ unit: anyCharacter, maxLength: 300 }).map((any) => any.toWellFormed());
  fc.assert(
    fc.property(text, text, fc.nat(300), (before, after, gap) => {
      const whole = `${before} needle${' '.repeat(gap + 1)}${after}`;
      const snippet = snippetOf(whole, parseContentsQuery('needle '));
      assert.ok(snippet);
      const piece = snippet.segments.map(({ text: part }) => part).join('');
      assert.ok(piece.isWellFormed());
      assert.ok(piece.length <= 160);
      assert.ok(whole.replace(/\s+/g, ' ').includes(piece.replace(/\s+/g, ' ').trim()));
      assert.ok(snippet.segments.some(({ text: part, match }) => match && part === 'needle'));
    }),
  );
});
