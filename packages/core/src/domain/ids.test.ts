import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { contentUuid, contentUuidText, fromHex, idSource, toHex, uuidFromText, uuidSchema, uuidToText } from './ids.ts';

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };

test('ids sort in the order they were made, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 200 }), (steps) => {
      let now = 1_700_000_000_000;
      const next = steps.values();
      const source = idSource({ now: () => (now += next.next().value ?? 0) }, random);
      const made = steps.map(() => source.text());
      assert.deepEqual(made, [...made].sort());
      assert.equal(new Set(made).size, made.length);
    }),
  );
});

test('a counter that overflows moves on to the next millisecond', () => {
  const source = idSource({ now: () => 1000 }, { bytes: (length) => new Uint8Array(length).fill(0xff) });
  const first = source.text();
  assert.equal(first, '00000000-03e8-77ff-bfff-ffffffffffff');
  assert.ok(source.text() > first);
});

test('version, variant and time are where RFC 9562 has them', () => {
  const text = idSource({ now: () => 0x017f22e279b0 }, random).text();
  assert.match(text, /^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(uuidSchema.safeParse(text).success);
});

test('text and bytes of an id are the same thing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      assert.deepEqual(uuidFromText(uuidToText(bytes)), bytes);
      assert.deepEqual(uuidFromText(uuidToText(bytes).toUpperCase()), bytes);
    }),
  );
  fc.assert(fc.property(fc.uint8Array(), (bytes) => assert.deepEqual(fromHex(toHex(bytes)), bytes)));
  assert.equal(uuidFromText('not an id'), undefined);
  assert.equal(fromHex('0g'), undefined);
});

test('a content id depends on the hash alone', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
      const before = toHex(hash);
      const id = contentUuid(hash);
      assert.match(uuidToText(id), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.deepEqual(contentUuid(hash), id);
      assert.equal(toHex(hash), before);
      assert.equal(contentUuidText(before), uuidToText(id));
    }),
  );
});

test('the id of a content leaves the hash as it was, also where that is a Buffer', () => {
  const hash = Buffer.alloc(32, 0xff);
  contentUuid(hash);
  assert.deepEqual(hash, Buffer.alloc(32, 0xff));
});
