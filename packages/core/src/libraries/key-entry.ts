import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { z } from 'zod';
import { fromHex, toHex } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { Random } from '../ports/random.ts';

/** Cost of the passphrase: RFC 9106's second recommended option, some 300 ms. Kept in each entry, so that it can rise. */
const PASSPHRASE_COST = { memoryKiB: 64 * 1024, passes: 3, lanes: 4 } as const;

const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const plainEntry = z.strictObject({ version: z.literal(1), key: hex(32) });
const wrappedEntry = z.strictObject({
  version: z.literal(1),
  derivation: z.strictObject({
    name: z.literal('argon2id'),
    salt: hex(16),
    // Bounded: an entry from elsewhere must not make us take all memory or all day.
    memory_kib: z
      .int()
      .min(8 * 1024)
      .max(1024 * 1024),
    passes: z.int().min(1).max(20),
    lanes: z.int().min(1).max(16),
  }),
  nonce: hex(24),
  box: hex(48),
});

/** A library's key as it is kept: bare in a place that protects it, or in a box that a passphrase opens. */
export type KeyEntry = z.infer<typeof plainEntry> | WrappedKeyEntry;
export type WrappedKeyEntry = z.infer<typeof wrappedEntry>;

/** Runs Argon2id where it holds nobody up. */
export type DerivePassphraseKey = (
  passphrase: string,
  salt: Uint8Array,
  cost: { memoryKiB: number; passes: number; lanes: number },
) => Promise<Uint8Array>;

export function isWrapped(entry: KeyEntry): entry is WrappedKeyEntry {
  return 'box' in entry;
}

export function plainKeyEntry(key: Uint8Array): KeyEntry {
  return { version: 1, key: toHex(key) };
}

/** XChaCha20-Poly1305; the key's id is authenticated with it, so that entries cannot be swapped for one another. */
export async function wrapKey(
  id: string,
  key: Uint8Array,
  passphrase: string,
  random: Random,
  derive: DerivePassphraseKey,
): Promise<WrappedKeyEntry> {
  const salt = random.bytes(16);
  const nonce = random.bytes(24);
  const cipher = xchacha20poly1305(
    await derive(passphrase, salt, PASSPHRASE_COST),
    nonce,
    new TextEncoder().encode(id),
  );
  const { memoryKiB, passes, lanes } = PASSPHRASE_COST;
  return {
    version: 1,
    derivation: { name: 'argon2id', salt: toHex(salt), memory_kib: memoryKiB, passes, lanes },
    nonce: toHex(nonce),
    box: toHex(cipher.encrypt(key)),
  };
}

/** Throws `WRONG_KEY` where the passphrase is not the one. */
export async function unwrapKey(
  id: string,
  entry: WrappedKeyEntry,
  passphrase: string,
  derive: DerivePassphraseKey,
): Promise<Uint8Array> {
  const { salt, memory_kib: memoryKiB, passes, lanes } = entry.derivation;
  const wrapping = await derive(passphrase, bytesOf(salt), { memoryKiB, passes, lanes });
  try {
    return xchacha20poly1305(wrapping, bytesOf(entry.nonce), new TextEncoder().encode(id)).decrypt(bytesOf(entry.box));
  } catch (error) {
    throw new SdError('WRONG_KEY', 'the passphrase does not fit', {}, error);
  }
}

export function encodeKeyEntry(entry: KeyEntry): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(entry));
}

/** Throws `CORRUPT` where it is none. */
export function decodeKeyEntry(bytes: Uint8Array): KeyEntry {
  try {
    return z
      .union([plainEntry, wrappedEntry])
      .parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    throw new SdError('CORRUPT', 'what is kept as the key of a library is none', {}, error);
  }
}

/** The bare key of an entry that has one. */
export function bareKey(entry: Exclude<KeyEntry, WrappedKeyEntry>): Uint8Array {
  return bytesOf(entry.key);
}

function bytesOf(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array(0);
}
