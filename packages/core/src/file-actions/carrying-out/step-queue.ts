import type { FoundStep } from '../../db/actions/steps.ts';

/** Steps in their order, the next of which can be looked at before it is taken. */
export class StepQueue {
  readonly #steps: Iterator<FoundStep>;
  #next: FoundStep | undefined;

  constructor(steps: Iterable<FoundStep>) {
    this.#steps = steps[Symbol.iterator]();
  }

  next(): FoundStep | undefined {
    this.#next ??= this.#steps.next().value as FoundStep | undefined;
    return this.#next;
  }

  take(): void {
    this.#next = undefined;
  }
}
