import { SdError } from '../errors.ts';

const MOST_RECEIPTS = 1_000;

/** What `verify:` needs to look again: what was asked and what was answered. */
export interface Receipt {
  readonly operation: string;
  readonly library: string | undefined;
  readonly input: unknown;
  readonly output: unknown;
}

/** The last commits of this run. The audit record in the library is what lasts. */
export class Receipts {
  readonly #receipts = new Map<string, Receipt>();

  keep(id: string, receipt: Receipt): void {
    this.#receipts.set(id, receipt);
    const oldest = this.#receipts.keys().next();
    if (this.#receipts.size > MOST_RECEIPTS && !oldest.done) this.#receipts.delete(oldest.value);
  }

  find(id: string, operation: string): Receipt {
    const receipt = this.#receipts.get(id);
    if (!receipt || receipt.operation !== operation)
      throw new SdError('NOT_FOUND', `no receipt ${id} of ${operation} in this run of the daemon`);
    return receipt;
  }
}
