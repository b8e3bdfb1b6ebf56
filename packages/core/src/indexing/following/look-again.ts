/** Folders that were touched, by id, to be looked at once when all is done; `deep`: with all that is below. */
export class LookAgain {
  #folders = new Map<number, boolean>();
  #filled = new Set<number>();
  #linked = new Set<number>();

  at(folder: number, deep = false): void {
    this.#folders.set(folder, deep || this.#folders.get(folder) === true);
  }
  /** It is enough to see that nobody else has put anything into it, or taken anything out. */
  filled(folder: number): void {
    this.#filled.add(folder);
  }
  /** A file of several names, by its inode number: what is news of one is news of all. */
  linked(inode: number): void {
    this.#linked.add(inode);
  }

  take(): {
    readonly folders: ReadonlyMap<number, boolean>;
    readonly filled: ReadonlySet<number>;
    readonly linked: ReadonlySet<number>;
  } {
    const taken = { folders: this.#folders, filled: this.#filled, linked: this.#linked };
    this.#folders = new Map();
    this.#filled = new Set();
    this.#linked = new Set();
    return taken;
  }
}
