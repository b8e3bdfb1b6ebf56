import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { toHex } from '../../domain/ids.ts';
import type { Hashing } from '../../ports/hashing.ts';
import { temporaryFolder } from '../open-test-core.ts';

/** The input of BLAKE3's own test vectors: 0, 1, …, 250, 0, 1, … */
const vector = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at % 251);
const VECTORS: readonly (readonly [length: number, hash: string])[] = [
  [0, 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262'],
  [1, '2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213'],
  [1024, '42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7'],
  [102400, 'bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085'],
];

/** As OpenSSL 3.5 derives it for the passphrase, salt and cost below. */
const ARGON2ID = 'fd7e44552d83db6b9c2bc9dbd6d88fe0facd11df4654ac21fe8013fd7a05ebc3';

/** What every `Hashing` port does. */
export function hashingAcceptance(name: string, hashing: Hashing): void {
  const hash = (bytes: Uint8Array): string => toHex(hashing.blake3(bytes));

  describe(`${name}: Hashing`, () => {
    test("BLAKE3 gives the hashes of its authors' test vectors, at once and in parts", () => {
      for (const [length, expected] of VECTORS) {
        const bytes = vector(length);
        assert.equal(hash(bytes), expected);
        const hasher = hashing.incremental();
        for (let at = 0; at < length; at += 1000) hasher.update(bytes.subarray(at, at + 1000));
        assert.equal(toHex(hasher.digest()), expected);
      }
    });

    test('a file is hashed whole, or by ranges after a prefix, and its head comes along', (context) => {
      const path = `${temporaryFolder(context)}/f`;
      for (const size of [0, 1, 5000, 1024 * 1024, 1024 * 1024 + 1, 3_000_000]) {
        const bytes = vector(size);
        writeFileSync(path, bytes);
        const whole = hashing.file(path, size);
        assert.ok(whole);
        assert.equal(toHex(whole.hash), hash(bytes), `${size} bytes`);
        assert.deepEqual(Uint8Array.from(whole.head), bytes.slice(0, 4100));
      }
      const prefix = vector(8);
      const ranges = [
        { start: 0, length: 10 },
        { start: 2_000_000, length: 300_000 },
      ];
      const sampled = hashing.file(path, 3_000_000, prefix, ranges);
      const bytes = vector(3_000_000);
      assert.equal(
        sampled && toHex(sampled.hash),
        hash(Uint8Array.from([...prefix, ...bytes.subarray(0, 10), ...bytes.subarray(2_000_000, 2_300_000)])),
      );
      assert.deepEqual(sampled && Uint8Array.from(sampled.head), bytes.slice(0, 4100));
    });

    test('a file that changed its size is not hashed; a link is not followed', (context) => {
      const folder = temporaryFolder(context);
      writeFileSync(`${folder}/f`, 'hello');
      assert.equal(hashing.file(`${folder}/f`, 4), undefined);
      assert.equal(hashing.file(`${folder}/f`, 6), undefined);
      assert.equal(hashing.file(`${folder}/f`, 2_000_000), undefined);
      assert.equal(hashing.file(`${folder}/f`, 0), undefined);
      symlinkSync('f', `${folder}/link`);
      assert.throws(() => hashing.file(`${folder}/link`, 5), { code: 'NOT_READABLE' });
      assert.throws(() => hashing.file(`${folder}/none`, 5), { code: 'NOT_FOUND' });
    });

    test('a passphrase gives the key that Argon2id gives anyone', async () => {
      const cost = { memoryKiB: 8192, passes: 2, lanes: 1 };
      const salt = new TextEncoder().encode('somesaltsomesalt');
      const key = await hashing.passphraseKey('password', salt, cost);
      assert.equal(toHex(key), ARGON2ID);
      assert.notEqual(toHex(await hashing.passphraseKey('passwore', salt, cost)), ARGON2ID);
    });
  });
}
