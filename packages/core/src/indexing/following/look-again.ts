/** Folders that were touched, by id, to be looked at once when all is done; `deep`: with all that is below. */
export class LookAgain {
  #folders = new Map<number, boolean>();
  #linked = new Set<number>();

  at(folder: number, deep = false): void {
    this.#folders.set(folder, deep || this.#folders.get(folder) === true);
  }
  /** A file of several names, by its inode number: what is news of one is news of all. */
  linked(inode: number): void {
    this.#linked.add(inode);
  }

  take(): { folders: ReadonlyMap<number, boolean>; linked: ReadonlySet<number> } {
    const taken = { folders: this.#folders, linked: this.#linked };
    this.#folders = new Map();
    this.#linked = new Set();
    return taken;
  }
}
