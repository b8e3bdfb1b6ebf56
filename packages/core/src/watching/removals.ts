/** What leaves a location within this time of what left before counts as one loss. */
const ONE_LOSS_MS = 60_000;

/** How much left each location lately: a storm comes in many passes, each of them small. */
export class Removals {
  readonly #now: () => number;
  readonly #lately = new Map<number, { at: number; removed: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** By the id of the location's root entry. */
  removedLately = (root: number): number => {
    const known = this.#lately.get(root);
    return known && this.#now() - known.at < ONE_LOSS_MS ? known.removed : 0;
  };

  note(left: ReadonlyMap<number, number>): void {
    for (const [root, removed] of left)
      if (removed > 0) this.#lately.set(root, { at: this.#now(), removed: this.removedLately(root) + removed });
  }
}
