import { toHex } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Hashing } from '../ports/hashing.ts';
import type { Random } from '../ports/random.ts';

/** What a URL may be signed for: all thumbnails of a library, or one file of it. */
export type GrantScope =
  | { readonly library: string; readonly thumbnails: true }
  | { readonly library: string; readonly file: string };

/** Valid for at least this long, */
const VALID_MS = 60 * 60_000;
/** and the same for whoever asks within this time, so that a browser finds what it has kept under the same URL. */
const ROUND_MS = 60 * 60_000;
const KEY_BYTES = 32;

/**
 * Signs URLs for places that cannot send a header, as `<img src>`: each is good for one thing, for an hour or two, and
 * ends with this run of the core. Whoever finds one in a history or a log has a thumbnail, never the token.
 */
export class Grants {
  readonly #key: Uint8Array;
  readonly #hashing: Pick<Hashing, 'blake3'>;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(parts: { random: Random; hashing: Pick<Hashing, 'blake3'>; clock: Pick<Clock, 'now'> }) {
    this.#key = parts.random.bytes(KEY_BYTES);
    this.#hashing = parts.hashing;
    this.#clock = parts.clock;
  }

  /** `expires` in milliseconds since the epoch. */
  sign(scope: GrantScope): { expires: number; signature: string } {
    const expires = (Math.floor(this.#clock.now() / ROUND_MS) + 1) * ROUND_MS + VALID_MS;
    return { expires, signature: this.#signature(scope, expires) };
  }

  allows(scope: GrantScope, expires: number, signature: string): boolean {
    const expected = this.#signature(scope, expires);
    let difference = signature.length ^ expected.length;
    // Every character is looked at, whatever was given.
    for (let at = 0; at < expected.length; at++)
      difference |= (signature.charCodeAt(at) || 0) ^ expected.charCodeAt(at);
    return difference === 0 && this.#clock.now() < expires;
  }

  /** BLAKE3 of a key of fixed length and what follows is a MAC: it cannot be extended as older hashes can. */
  #signature(scope: GrantScope, expires: number): string {
    const text = JSON.stringify([scope.library, 'file' in scope ? `file ${scope.file}` : 'thumbnails', expires]);
    const said = new TextEncoder().encode(text);
    const bytes = new Uint8Array(KEY_BYTES + said.length);
    bytes.set(this.#key);
    bytes.set(said, KEY_BYTES);
    return toHex(this.#hashing.blake3(bytes));
  }
}
