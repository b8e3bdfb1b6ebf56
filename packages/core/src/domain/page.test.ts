import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { decodeCursor, encodeCursor, fingerprintOf } from './page.ts';
import { anyCharacter } from '../testing/any-character.ts';

const values = z.tuple([z.number(), z.string()]);

test('a cursor gives its values back to the query it was made for', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
      fc.string({ unit: anyCharacter }),
      (number, text) => {
        const withByte = `${text}\udcff`;
        const cursor = encodeCursor('f', [number, withByte]);
        assert.match(cursor, /^[\w-]+$/);
        assert.deepEqual(decodeCursor(cursor, 'f', values), [number, withByte]);
        assert.equal(decodeCursor(cursor, 'g', values), undefined);
      },
    ),
  );
});

test('anything else is no cursor', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.equal(decodeCursor(text, 'f', values), undefined)));
  assert.equal(decodeCursor(encodeCursor('f', ['text', 1]), 'f', values), undefined);
});

test('a query is the same whatever the order of its fields', () => {
  assert.equal(fingerprintOf({ a: 1, b: { c: 2, d: [1, 2] } }), fingerprintOf({ b: { d: [1, 2], c: 2 }, a: 1 }));
  assert.notEqual(fingerprintOf({ a: 1 }), fingerprintOf({ a: 2 }));
  assert.notEqual(fingerprintOf({ d: [1, 2] }), fingerprintOf({ d: [2, 1] }));
});
