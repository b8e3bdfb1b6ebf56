import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pad, printable, truncate, truncateMiddle, width } from './text.ts';
import { anyCharacter } from '@sd/core/testing/any-character.ts';

test('width counts columns, not characters', () => {
  assert.deepEqual(
    ['abc', 'naïve', 'cafe\u0301', '写真', '👩‍👩‍👧', 'ﬁ', '\u001b[31mred\u001b[39m'].map(width),
    [3, 5, 4, 4, 2, 1, 3],
  );
});

test('nothing that is printed can disturb a terminal', () => {
  assert.equal(printable('a\u001b[2Jb\nc\td\u202etxt'), 'a\\x1b[2Jb\\nc\\td\\u{202e}txt');
  assert.equal(printable('Grüße 写真 👩‍👩‍👧'), 'Grüße 写真 👩‍👩‍👧');
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) =>
      assert.doesNotMatch(printable(text), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/),
    ),
  );
});

test('what is cut fits, and what fits is not cut', () => {
  assert.equal(truncate('holiday.jpg', 11), 'holiday.jpg');
  assert.equal(truncate('holiday.jpg', 8), 'holiday…');
  assert.equal(truncate('写真写真', 5), '写真…');
  assert.equal(truncateMiddle('/home/me/Pictures/2024/holiday.jpg', 20), '/home/…4/holiday.jpg');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }).map(printable), fc.integer({ min: 5, max: 40 }), (text, columns) => {
      for (const cut of [truncate(text, columns), truncateMiddle(text, columns)])
        assert.ok(width(cut) <= columns, `${JSON.stringify(cut)} is ${width(cut)} wide`);
      if (width(text) <= columns)
        assert.deepEqual([truncate(text, columns), truncateMiddle(text, columns)], [text, text]);
    }),
  );
});

test('padding fills up to the width', () => {
  assert.deepEqual([pad('写', 4), pad('写', 4, 'right'), pad('long', 2)], ['写  ', '  写', 'long']);
});
