/**
 * How a background thread shares the machine with whoever waits for an answer: memory that the main thread writes and
 * every background thread reads.
 */
export interface Pace {
  /** Between two small pieces of work: waits a moment while an answer is being worked on. */
  giveWay(): void;
  /** A page cache of usually so many KiB, as the performance setting has it. */
  cacheKiB(usual: number): number;
}

/** Requests being answered. */
const ANSWERING = 0;
/** Counts the stretches in which there were any. */
const STRETCH = 1;
/** Percents of the usual size of a cache. */
const CACHE = 2;

/** One long query must not stop the work behind it: nobody waits longer than this for one stretch of answering. */
const MOST_WAIT_MS = 40;

/** The main thread's side. */
export class PaceSetter {
  readonly memory = new SharedArrayBuffer(12);
  readonly #cells = new Int32Array(this.memory);
  #asked = 0;

  constructor() {
    this.cachePercent = 100;
  }

  /** The percents take effect for threads that open their connections from now on. */
  set cachePercent(percent: number) {
    Atomics.store(this.#cells, CACHE, percent);
  }

  get answering(): boolean {
    return Atomics.load(this.#cells, ANSWERING) > 0;
  }

  /** Requests so far, and answers: stands still while nobody asks for anything. */
  get asked(): number {
    return this.#asked;
  }

  /** Background threads give way until `work` has ended. */
  async answer<T>(work: () => Promise<T>): Promise<T> {
    this.#asked++;
    if (Atomics.add(this.#cells, ANSWERING, 1) === 0) Atomics.add(this.#cells, STRETCH, 1);
    try {
      return await work();
    } finally {
      this.#asked++;
      if (Atomics.sub(this.#cells, ANSWERING, 1) === 1) Atomics.notify(this.#cells, ANSWERING);
    }
  }
}

/** The side of a background thread. */
export class SharedPace implements Pace {
  readonly #cells: Int32Array;
  readonly #now: () => number;
  #stretch = 0;
  /** Until then it works, whatever comes: for as long as it has waited, so that at most half of the time is given away. */
  #worksUntil = 0;

  /** `now`: milliseconds that only go forward. */
  constructor(memory: SharedArrayBuffer, now: () => number) {
    this.#cells = new Int32Array(memory);
    this.#now = now;
  }

  giveWay(): void {
    let answering = Atomics.load(this.#cells, ANSWERING);
    if (answering === 0) return;
    const stretch = Atomics.load(this.#cells, STRETCH);
    if (stretch === this.#stretch) return;
    const began = this.#now();
    if (began < this.#worksUntil) return;
    this.#stretch = stretch;
    let waited = 0;
    while (answering > 0 && waited < MOST_WAIT_MS) {
      Atomics.wait(this.#cells, ANSWERING, answering, MOST_WAIT_MS - waited);
      waited = this.#now() - began;
      answering = Atomics.load(this.#cells, ANSWERING);
    }
    this.#worksUntil = began + 2 * waited;
  }

  cacheKiB(usual: number): number {
    return Math.round((usual * Atomics.load(this.#cells, CACHE)) / 100);
  }
}

/** Of a thread that works for somebody who waits. */
export const UNPACED: Pace = { giveWay: () => {}, cacheKiB: (usual) => usual };
