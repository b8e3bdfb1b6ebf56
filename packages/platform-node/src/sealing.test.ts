import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { nodeSealing } from './sealing.ts';

test('what was sealed opens with its key and context, and with nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.string(), fc.nat(), (bytes, context, at) => {
      const key = randomBytes(32);
      const sealed = nodeSealing.seal(key, bytes, context);
      assert.deepEqual(Uint8Array.from(nodeSealing.open(key, sealed, context) ?? []), bytes);
      assert.equal(nodeSealing.open(randomBytes(32), sealed, context), undefined);
      assert.equal(nodeSealing.open(key, sealed, `${context}!`), undefined);
      const damaged = Uint8Array.from(sealed);
      damaged[at % damaged.length]! ^= 1;
      assert.equal(nodeSealing.open(key, damaged, context), undefined);
      assert.equal(nodeSealing.open(key, sealed.subarray(0, at % 28), context), undefined);
    }),
  );
});

test('the same bytes sealed twice look different', () => {
  const key = randomBytes(32);
  const bytes = new Uint8Array(100);
  assert.notDeepEqual(nodeSealing.seal(key, bytes, 'a'), nodeSealing.seal(key, bytes, 'a'));
});
