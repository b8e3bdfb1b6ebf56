import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  basenameOf,
  canonicalNative,
  decodeNative,
  encodeNative,
  isWithin,
  joinNative,
  namesBelow,
  normalizeNative,
  parentOf,
  showNative,
} from './native-path.ts';
import { anyCharacter } from '../testing/any-character.ts';

const bytes = fc.uint8Array({ maxLength: 40 });
const name = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), bytes.map(decodeNative))
  .filter((text) => !/[/\0]/.test(text) && !['', '.', '..'].includes(text));

test('any bytes survive the way into a string and back', () => {
  fc.assert(
    fc.property(bytes, (given) => assert.deepEqual([...encodeNative(decodeNative(given))], [...given])),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0x41, 0xc3, 0xa9, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98, 0x80, 0xff, 0xe2, 0x82)),
      (given) => assert.deepEqual([...encodeNative(decodeNative(Uint8Array.from(given)))], given),
    ),
    { numRuns: 5000 },
  );
});

test('valid UTF-8 decodes as usual, and every other byte by itself', () => {
  assert.equal(decodeNative(Uint8Array.of(0x61, 0xc3, 0xa9)), 'aé');
  assert.equal(decodeNative(Uint8Array.of(0x61, 0xff, 0x62)), 'a\udcffb');
  assert.equal(decodeNative(Uint8Array.of(0xed, 0xa0, 0x80)), '\udced\udca0\udc80');
  assert.equal(decodeNative(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), '\ufeffa', 'a byte order mark is part of the name');
  assert.equal(canonicalNative('\udcc3\udca9'), 'é');
});

test('what is shown moves no cursor, rings no bell and turns no direction', () => {
  assert.equal(showNative('caf\udce9'), 'caf\\xe9');
  assert.equal(showNative('a\nb\tc\r\u001b[31m\u0085'), 'a\\nb\\tc\\r\\x1b[31m\\u0085');
  assert.equal(showNative('gpj.\u202eexe'), 'gpj.\\u202eexe');
  assert.equal(showNative('Ärger 👩‍👩‍👧 שלום'), 'Ärger 👩‍👩‍👧 שלום');
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), bytes, (text, more) => {
      const shown = showNative(text + decodeNative(more));
      assert.ok(shown.isWellFormed());
      assert.doesNotMatch(shown, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }),
  );
});

test('join, parent and basename fit together', () => {
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), fc.constantFrom('/', 'C:/'), (names, root) => {
      const path = names.reduce(joinNative, root);
      const parent = names.slice(0, -1).reduce(joinNative, root);
      assert.equal(parentOf(path), parent);
      assert.equal(basenameOf(path), names.at(-1));
      assert.deepEqual(namesBelow(root, path), names);
      assert.deepEqual(namesBelow(parent, path), names.slice(-1));
      assert.ok(isWithin(path, parent) && isWithin(path, path) && isWithin(path, root));
      assert.ok(!isWithin(`${path}x`, path));
      assert.equal(normalizeNative(`${root}/./${names.join('//')}/x/../`), path);
    }),
  );
  assert.equal(parentOf('/'), undefined);
  assert.equal(parentOf('C:/'), undefined);
  assert.equal(basenameOf('/'), '/');
  assert.equal(normalizeNative('/../..//a'), '/a');
  assert.equal(namesBelow('/a', '/ab'), undefined);
});
