import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { type LogChange, decodeLog, encodeLog } from './log-record.ts';
import { anyCharacter } from '../testing/any-character.ts';

const anyValue = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
  fc.string({ unit: anyCharacter }),
  fc.constantFrom('', '\0', 'a\0b', '\ufeff', 'same', 'sameness'),
  fc.uint8Array({ maxLength: 20 }),
  fc.constant(null),
);
const anyKey = fc.oneof(fc.string({ unit: anyCharacter }), fc.uint8Array({ maxLength: 32 }));
const anyFields = fc.oneof(
  fc.constant(null),
  fc.record({ name: anyValue, size: fc.integer() }, { noNullPrototype: true }),
  fc.record({ size: anyValue, at: fc.string() }, { noNullPrototype: true }),
  fc.constant({}),
);
const anyChanges = fc.array(fc.tuple(anyKey, anyFields), { maxLength: 60 });

test('changes come back as they were, in their order', () => {
  fc.assert(fc.property(anyChanges, (changes) => assert.deepEqual(decodeLog(encodeLog(changes)), changes)));
});

test('what was logged row by row is read as before', () => {
  const changes: LogChange[] = Array.from({ length: 20 }, (_, at) => [`row ${at}`, at % 3 === 0 ? null : { size: at }]);
  assert.deepEqual(decodeLog(encode(changes)), changes);
});

test('large integers are numbers again', () => {
  const changes: LogChange[] = Array.from({ length: 10 }, (_, at) => [`row ${at}`, { size: 2n ** 40n + BigInt(at) }]);
  assert.deepEqual(
    decodeLog(encodeLog(changes)).map(([, fields]) => fields?.['size']),
    changes.map((_, at) => 2 ** 40 + at),
  );
});

test('of ten thousand rows that say the same, little more than the keys is kept', () => {
  const changes = Array.from({ length: 10_000 }, (_, at): LogChange => {
    const key = `0190b6a4-8c1e-7000-8000-000000000000 ${String(at).padStart(64, 'f')}`;
    return [key, { source: 'user', confidence: null, device_id: new Uint8Array(16), applied_at: 1_795_253_754_875 }];
  });
  assert.ok(encodeLog(changes).length < 10_000 * 66);
});
