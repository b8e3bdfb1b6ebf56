import { SdError } from '../errors.ts';
import type { Random } from '../ports/random.ts';
import type { SecretPlace, Secrets } from '../ports/secrets.ts';
import {
  type DerivePassphraseKey,
  type KeyEntry,
  bareKey,
  decodeKeyEntry,
  encodeKeyEntry,
  isWrapped,
  plainKeyEntry,
  unwrapKey,
  wrapKey,
} from './key-entry.ts';
import type { LibrarySummary } from './library-manager.ts';

/** A key and the id it is kept under. */
export interface LibraryKey {
  readonly id: string;
  readonly key: Uint8Array;
}
export type Protection = LibrarySummary['protection'];

/** The keys of libraries: random, 256 bits, each under an id of its own, kept by the `Secrets` port. */
export class LibraryKeys {
  readonly #secrets: Secrets;
  readonly #random: Random;
  readonly #derive: DerivePassphraseKey;
  readonly #newId: () => string;

  constructor(parts: { secrets: Secrets; random: Random; derive: DerivePassphraseKey; newId: () => string }) {
    this.#secrets = parts.secrets;
    this.#random = parts.random;
    this.#derive = parts.derive;
    this.#newId = parts.newId;
  }

  /** Makes a key and keeps it, before anything is encrypted with it. */
  async create(passphrase: string | undefined): Promise<LibraryKey & { protection: Protection }> {
    const made: LibraryKey = { id: this.#newId(), key: this.#random.bytes(32) };
    const entry =
      passphrase === undefined
        ? plainKeyEntry(made.key)
        : await wrapKey(made.id, made.key, passphrase, this.#random, this.#derive);
    return { ...made, protection: await this.keep(made.id, entry) };
  }

  async keep(id: string, entry: KeyEntry): Promise<Protection> {
    return protectionOf(entry, await this.#secrets.set(secretName(id), encodeKeyEntry(entry)));
  }

  /** The entry of that id; `undefined` where this device has none. Throws `NOT_READABLE` where the keychain is silent. */
  async find(id: string): Promise<{ entry: KeyEntry; protection: Protection } | undefined> {
    const kept = await this.#secrets.get(secretName(id));
    if (!kept) return undefined;
    const entry = decodeKeyEntry(kept.value);
    return { entry, protection: protectionOf(entry, kept.place) };
  }

  /** The key itself. Throws `LIBRARY_LOCKED` where it takes a passphrase and none is given, `WRONG_KEY` where it is another. */
  async unlock(id: string, entry: KeyEntry, passphrase: string | undefined): Promise<Uint8Array> {
    if (!isWrapped(entry)) return bareKey(entry);
    if (passphrase === undefined)
      throw new SdError('LIBRARY_LOCKED', 'it needs its passphrase', { way_out: 'sd library unlock' });
    return unwrapKey(id, entry, passphrase, this.#derive);
  }

  async forget(id: string): Promise<void> {
    await this.#secrets.remove(secretName(id));
  }
}

function secretName(id: string): string {
  return `library-${id}`;
}

function protectionOf(entry: KeyEntry, place: SecretPlace): Protection {
  if (isWrapped(entry)) return 'passphrase';
  return place === 'keychain' ? 'keychain' : 'key_file';
}
