export type SecretPlace = 'keychain' | 'file';

/** Small secrets by name: in the system's keychain where it answers, else in private files. */
export interface Secrets {
  /** `undefined`: in neither. Throws `NOT_READABLE` where it may be in a keychain that does not answer now. */
  get(name: string): Promise<{ readonly value: Uint8Array; readonly place: SecretPlace } | undefined>;
  /** Answers where it went, once it was read back from there. */
  set(name: string, value: Uint8Array): Promise<SecretPlace>;
  remove(name: string): Promise<void>;
}
