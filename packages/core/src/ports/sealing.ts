/** Authenticated encryption of small files beside the database, with a random nonce each. */
export interface Sealing {
  /** `key`: 32 bytes. `context` is bound to it and must be given again to open. */
  seal(key: Uint8Array, bytes: Uint8Array, context: string): Uint8Array;
  /** `undefined`: not sealed with this key and context, or damaged. */
  open(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array | undefined;
}
