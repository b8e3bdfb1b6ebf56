import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold } from './fold.ts';
import { anyCharacter } from '../testing/any-character.ts';

test('case and accents go, letters stay', () => {
  for (const [given, folded] of [
    ['README.md', 'readme.md'],
    ['Ünïcödé', 'unicode'],
    ['İstanbul', 'istanbul'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ὁδός', 'οδοσ'],
    ['Ёлка', 'елка'],
    ['हिन्दी', 'हिन्दी'.normalize('NFD')],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['caf\udcE9', 'caf\\xe9'],
    ['[@`{', '[@`{'],
  ] as const)
    assert.equal(fold(given), folded, given);
  assert.equal(fold('é'), fold('e\u0301'));
});

test('folding twice changes nothing, and folding parts is folding the whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(fold(fold(text)), fold(text))),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) =>
      assert.equal(fold(a + b), fold(a) + fold(b)),
    ),
    { numRuns: 2000 },
  );
  fc.assert(fc.property(fc.string({ unit: anyCharacter }), (text) => assert.ok(fold(text).isWellFormed())));
});
