import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sameSecret } from './same-secret.ts';

test('only the secret itself is the secret', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (given, secret) =>
      assert.equal(sameSecret(given, secret), given.toWellFormed() === secret.toWellFormed()),
    ),
  );
  assert.equal(sameSecret('token', 'token'), true);
  assert.equal(sameSecret('token ', 'token'), false);
  assert.equal(sameSecret('', 'token'), false);
});

test('an empty secret opens nothing', () => {
  assert.equal(sameSecret('', ''), false);
});
