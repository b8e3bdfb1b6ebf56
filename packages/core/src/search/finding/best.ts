import { type Order, type Place, type Placed, comparePlaces, inOrder } from './order.ts';

/** The first `count` after a place, of everything offered. Holds little more than those. */
export class Best {
  readonly #order: Order;
  readonly #after: Place | undefined;
  readonly #count: number;
  #kept: Placed[] = [];
  #worst: Placed | undefined;

  constructor(order: Order, after: Place | undefined, count: number) {
    this.#order = order;
    this.#after = after;
    this.#count = count;
  }

  /** Nothing that comes after it will be taken; `undefined` while there is room. */
  get worst(): Place | undefined {
    return this.#worst;
  }

  offer(place: Placed): void {
    if (this.#worst && comparePlaces(place, this.#worst, this.#order) > 0) return;
    if (this.#after && comparePlaces(place, this.#after, this.#order) <= 0) return;
    this.#kept.push(place);
    if (this.#kept.length >= this.#count * 2 + 64) this.#cut();
  }

  take(): Placed[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept = inOrder(this.#kept, this.#order, undefined).slice(0, this.#count);
    this.#worst = this.#kept.length === this.#count ? this.#kept.at(-1) : undefined;
  }
}
