/** A folder that was quiet is looked at this long after its first news: what saves a file makes several changes. */
const QUIET_MS = 60;
/** News within this time after a look is more of the same. */
const AGAIN_MS = 1_000;
/** A folder that keeps changing is looked at this often at least; one whose look takes long, less often. */
const LONGEST_MS = 300;
const LONGEST_SLOW_MS = 1_500;
const SLOW_MS = 20;

interface Heat {
  readonly lookedAt: number;
  /** How long its next news waits. */
  readonly wait: number;
}

/** Folders with news, each with when it is to be looked at. Times in milliseconds of a clock that only goes forward. */
export class DirtyFolders {
  readonly #due = new Map<number, { readonly at: number; readonly deep: boolean }>();
  readonly #heat = new Map<number, Heat>();
  #earliest = Infinity;

  get size(): number {
    return this.#due.size;
  }
  /** When the first one is to be looked at; `Infinity`: none. */
  get next(): number {
    return this.#earliest;
  }

  /** `deep`: with all that is below it. */
  mark(folder: number, now: number, deep = false): void {
    const known = this.#due.get(folder);
    if (known && (known.deep || !deep)) return;
    const heat = this.#heat.get(folder);
    const at =
      known?.at ??
      (heat && now - heat.lookedAt < AGAIN_MS ? Math.max(now + QUIET_MS, heat.lookedAt + heat.wait) : now + QUIET_MS);
    this.#due.set(folder, { at, deep });
    this.#earliest = Math.min(this.#earliest, at);
  }

  /** Those that are to be looked at by `until`, and are not waiting any more. */
  take(until: number): { id: number; deep: boolean }[] {
    const taken: { id: number; deep: boolean }[] = [];
    this.#earliest = Infinity;
    for (const [id, { at, deep }] of this.#due) {
      if (at <= until) taken.push({ id, deep });
      else this.#earliest = Math.min(this.#earliest, at);
    }
    for (const { id } of taken) this.#due.delete(id);
    return taken;
  }

  /** How long the looks at these folders took, all together. */
  looked(folders: readonly { id: number }[], now: number, took: number): void {
    if (folders.length === 0) return;
    const longest = took / folders.length > SLOW_MS ? LONGEST_SLOW_MS : LONGEST_MS;
    for (const { id } of folders) {
      const before = this.#heat.get(id);
      const again = before !== undefined && now - before.lookedAt < AGAIN_MS + before.wait;
      this.#heat.set(id, { lookedAt: now, wait: again ? Math.min(longest, before.wait * 2) : QUIET_MS });
    }
    if (this.#heat.size > MOST_REMEMBERED)
      for (const [id, { lookedAt }] of this.#heat) if (now - lookedAt > 2 * AGAIN_MS) this.#heat.delete(id);
  }
}

const MOST_REMEMBERED = 1_000;
