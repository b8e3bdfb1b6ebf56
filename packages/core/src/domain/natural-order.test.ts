import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareNatural } from './natural-order.ts';
import { anyCharacter } from '../testing/any-character.ts';

const name = fc.oneof(
  fc
    .array(fc.constantFrom('a', 'A', 'á', 'b', 'img', '0', '00', '1', '9', '10', '2', ' ', '.', '-', 'é', '日', '👩'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: anyCharacter, maxLength: 8 }),
);

test('numbers by value, letters without case and accents, all else by code', () => {
  const sorted = [
    '-x',
    '.b',
    '1',
    '01',
    '2',
    '10',
    '100',
    'a',
    'A',
    'a 2',
    'a 10',
    'a1b2',
    'a1b10',
    'a9',
    'a10',
    'Ärger',
    'b',
    'B',
    'ß',
    '日本',
  ];
  assert.deepEqual([...sorted].reverse().sort(compareNatural), [
    '-x',
    '.b',
    '01',
    '1',
    '2',
    '10',
    '100',
    'A',
    'a',
    'a 2',
    'a 10',
    'a1b2',
    'a1b10',
    'a9',
    'a10',
    'Ärger',
    'B',
    'b',
    'ß',
    '日本',
  ]);
});

test('it is a total order', () => {
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      const ab = compareNatural(a, b);
      assert.equal(ab + compareNatural(b, a), 0);
      assert.equal(ab === 0, a === b);
      if (ab <= 0 && compareNatural(b, c) <= 0) assert.ok(compareNatural(a, c) <= 0);
    }),
    { numRuns: 5000 },
  );
});

test('numbers of any length compare by value', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 200n }),
      fc.bigInt({ min: 0n, max: 10n ** 200n }),
      fc.nat(3),
      (a, b, zeros) => {
        const sign = Math.sign(compareNatural(`f${'0'.repeat(zeros)}${a}.x`, `f${b}.x`));
        if (a !== b) assert.equal(sign, a < b ? -1 : 1);
      },
    ),
  );
});
