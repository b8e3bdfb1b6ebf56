import { toHex } from '../domain/ids.ts';
import type { ReadFile } from './making-protocol.ts';
import type { ReadResult } from './media-pool.ts';

/** More are not remembered: a machine this busy has other troubles. */
const MOST = 10_000;

/**
 * Contents whose reader was ended for what may have been the machine's doing. Such a file is read again at a later
 * time; where it happens once more, the file is at fault as far as anybody can tell.
 */
export class SecondTries {
  readonly #tried = new Set<string>();

  judge(content: Uint8Array, { reason, doubtful }: Extract<ReadResult, { type: 'killed' }>): ReadFile {
    const id = toHex(content);
    if (!doubtful || this.#tried.delete(id)) return { type: 'killed', reason };
    if (this.#tried.size < MOST) this.#tried.add(id);
    return { type: 'refused', reason: `${reason}; it is read again later`, changed: false };
  }

  forget(content: Uint8Array): void {
    if (this.#tried.size > 0) this.#tried.delete(toHex(content));
  }
}
