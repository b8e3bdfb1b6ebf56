import { Unreadable } from './document.ts';

/** Bytes that may still be unpacked from one file, over all its parts. */
export class Budget {
  readonly #limit: number;
  #left: number;

  constructor(bytes: number) {
    this.#limit = bytes;
    this.#left = bytes;
  }

  /** Throws `Unreadable` where it is more than was left. */
  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw new Unreadable(`it unpacks to more than ${mebibytes(this.#limit)}`);
  }
}

export function mebibytes(bytes: number): string {
  return bytes >= 1 << 20 ? `${Math.floor(bytes / (1 << 20))} MiB` : `${bytes} bytes`;
}
