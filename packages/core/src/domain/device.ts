/** One installation. */
export interface Device {
  /** UUID. */
  readonly id: string;
  readonly name: string;
  /** Lower-case letters, digits and dashes; the first part of a `local://` address. */
  readonly slug: string;
  /** Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
}
