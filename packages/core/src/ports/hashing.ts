/** BLAKE3, 256 bits. */
export interface Hashing {
  blake3(bytes: Uint8Array): Uint8Array;
  incremental(): { update(bytes: Uint8Array): void; digest(): Uint8Array };
  /**
   * Reads the byte ranges of a file, in order, and hashes `prefix` and them: the quickest way this platform has. With
   * no ranges it is the whole file. `head` is the file's first bytes (up to 4,100), good until the next call. Answers
   * `undefined` where the file's size is not `size` any more. Errors as in `ReadFiles`.
   */
  file(
    path: string,
    size: number,
    prefix?: Uint8Array,
    ranges?: readonly { start: number; length: number }[],
  ): { hash: Uint8Array; head: Uint8Array } | undefined;
  /** Argon2id (RFC 9106): 32 bytes from a passphrase. Takes some 300 ms of its thread: call it in a worker. */
  passphraseKey(
    passphrase: string,
    salt: Uint8Array,
    cost: { memoryKiB: number; passes: number; lanes: number },
  ): Promise<Uint8Array>;
}
