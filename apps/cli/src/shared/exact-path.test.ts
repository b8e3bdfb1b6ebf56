import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentEncode } from '@sd/core/domain/sd-path.ts';
import { decodeNative } from '@sd/core/domain/native-path.ts';
import fc from 'fast-check';
import { exactPath } from './exact-path.ts';

test('the bytes on disk come back from the address', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      const name = decodeNative(bytes);
      assert.deepEqual(
        exactPath({ path: `local://my-mac/${percentEncode(name)}` }),
        Buffer.concat([Buffer.from('/'), bytes]),
      );
    }),
  );
});
