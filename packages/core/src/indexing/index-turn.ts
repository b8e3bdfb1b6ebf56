/**
 * One change of a library's index at a time: scans and passes compare the disk with rows that nobody else may move
 * meanwhile. Whoever asks first goes first.
 */
export class IndexTurns {
  readonly #last = new Map<string, Promise<void>>();

  /**
   * Waits for the turn of the library; answers the function that ends it. Where `signal` aborts before, it is given up
   * and `undefined` answered.
   */
  async take(library: string, signal?: AbortSignal): Promise<(() => void) | undefined> {
    const before = this.#last.get(library) ?? Promise.resolve();
    let end = (): void => {};
    const mine = new Promise<void>((resolve) => (end = resolve));
    const turn = before.then(() => mine);
    this.#last.set(library, turn);
    void turn.then(() => {
      if (this.#last.get(library) === turn) this.#last.delete(library);
    });
    if (!(await unlessAborted(before, signal))) {
      end();
      return undefined;
    }
    return end;
  }
}

async function unlessAborted(wait: Promise<void>, signal: AbortSignal | undefined): Promise<boolean> {
  if (!signal) return wait.then(() => true);
  if (signal.aborted) return false;
  let leave = (): void => {};
  const aborted = new Promise<false>((resolve) => {
    leave = () => resolve(false);
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([wait.then(() => true), aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
