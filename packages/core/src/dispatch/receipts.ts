import { SdError } from '../errors.ts';

const MOST_RECEIPTS = 1_000;

/** What `verify:` needs to look again: what was asked and what was answered. */
export interface Receipt {
  readonly operation: string;
  readonly library: string | undefined;
  readonly input: unknown;
  readonly output: unknown;
}

/** The last commits of this run; of those before, what the audit has. */
export class Receipts {
  readonly #earlier: (id: string) => Receipt | undefined;
  readonly #receipts = new Map<string, Receipt>();

  constructor(earlier: (id: string) => Receipt | undefined) {
    this.#earlier = earlier;
  }

  keep(id: string, receipt: Receipt): void {
    this.#receipts.set(id, receipt);
    const oldest = this.#receipts.keys().next();
    if (this.#receipts.size > MOST_RECEIPTS && !oldest.done) this.#receipts.delete(oldest.value);
  }

  find(id: string, operation: string): Receipt {
    const receipt = this.#receipts.get(id) ?? this.#earlier(id);
    if (!receipt || receipt.operation !== operation)
      throw new SdError('NOT_FOUND', `no receipt ${id} of ${operation} that can still be verified`, {
        way_out:
          'query:audit.list lists actions; what was long, failed, or concerns no library is verified in the run it was done in',
      });
    return receipt;
  }
}
