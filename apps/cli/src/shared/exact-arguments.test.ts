import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeNative } from '@sd/core/domain/native-path.ts';
import fc from 'fast-check';
import { exactArguments } from './exact-arguments.ts';

const argument = fc.oneof(
  fc.uint8Array({ maxLength: 12 }).map((bytes) => bytes.filter((byte) => byte !== 0)),
  fc.string().map((text) => new TextEncoder().encode(text.replaceAll('\0', ''))),
);

test('whatever bytes were typed come as the native string', () => {
  fc.assert(
    fc.property(fc.array(argument, { minLength: 1, maxLength: 5 }), (typed) => {
      const given = typed.map((bytes) => Buffer.from(bytes).toString());
      const line = Buffer.concat([Buffer.from('node\0sd\0'), ...typed.flatMap((bytes) => [bytes, Buffer.from([0])])]);
      const exact = exactArguments(given, () => line);
      assert.deepEqual(exact, typed.map(decodeNative));
    }),
  );
});

test('what cannot be told exactly stays as it is', () => {
  const given = ['ls', 'bad\ufffd.txt'];
  assert.equal(
    exactArguments(given, () => undefined),
    given,
  );
  assert.equal(
    exactArguments(given, () => Buffer.from('a title of its own\0')),
    given,
  );
});
