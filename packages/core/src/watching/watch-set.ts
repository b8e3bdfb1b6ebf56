import { asSdError } from '../errors.ts';
import type { Watching } from '../ports/watching.ts';

interface Watch {
  close(): void;
}

/** The watches of one location, by the id of the folder's entry. */
export class WatchSet {
  readonly #watches = new Map<number, Watch>();
  readonly #budget: WatchBudget;
  /** Folders that have none, and are looked at from time to time. */
  readonly #unwatched = new Set<number>();
  /** Those of them that could not be read: no limit is at fault, and nothing tells of them until they can. */
  readonly #unreadable = new Set<number>();

  constructor(budget: WatchBudget) {
    this.#budget = budget;
  }

  get watched(): number {
    return this.#watches.size;
  }
  get unwatched(): ReadonlySet<number> {
    return this.#unwatched;
  }
  get unreadable(): number {
    return this.#unreadable.size;
  }
  get folders(): number {
    return this.#watches.size + this.#unwatched.size;
  }
  has(folder: number): boolean {
    return this.#watches.has(folder);
  }
  set(folder: number, watch: Watch): void {
    this.#forget(folder);
    this.#watches.set(folder, watch);
  }
  leave(folder: number, why: 'full' | 'unreadable'): void {
    this.#unwatched.add(folder);
    if (why === 'unreadable') this.#unreadable.add(folder);
    else this.#unreadable.delete(folder);
  }
  /** Of a folder that was removed, or that is another one now. */
  close(folder: number): void {
    this.#forget(folder);
    const watch = this.#watches.get(folder);
    if (!watch) return;
    watch.close();
    this.#watches.delete(folder);
    this.#budget.giveBack();
  }
  closeAll(): void {
    for (const watch of this.#watches.values()) watch.close();
    this.#budget.giveBack(this.#watches.size);
    this.#watches.clear();
    this.#unwatched.clear();
    this.#unreadable.clear();
  }
  /** Hands a folder, with its watch, over to another location. */
  handOver(folder: number, to: WatchSet): void {
    const watch = this.#watches.get(folder);
    this.#watches.delete(folder);
    this.#forget(folder);
    if (watch) to.set(folder, watch);
  }
  #forget(folder: number): void {
    this.#unwatched.delete(folder);
    this.#unreadable.delete(folder);
  }
}

/** So many of the system's watches are left for other programs. */
const SPARED = 512;

/** How many watches may be taken, of what the system gives out and the user allows. */
export class WatchBudget {
  readonly #most: number;
  #used = 0;
  #refused = false;
  /** Why there are no more, and what would allow more. */
  readonly why: string;

  constructor(watching: Watching, limit: number | undefined) {
    const { watches = Infinity, used = 0, raise } = watching.limits();
    const free = Math.max(0, watches - used - SPARED);
    this.#most = Math.min(limit ?? Infinity, free);
    this.why =
      limit !== undefined && limit < free
        ? `no more than ${limit} folders are to be watched (watching.limit)`
        : `the system gives out no more watches${raise ? `; to watch them all: ${raise}` : ''}`;
  }

  /** Whether one more may be taken. */
  get hasRoom(): boolean {
    return this.#used < this.#most && !this.#refused;
  }
  take(): void {
    this.#used++;
  }
  giveBack(count = 1): void {
    this.#used -= count;
    this.#refused = false;
  }
  /** The system says that there are no more. */
  refuse(): void {
    this.#refused = true;
  }
}

/**
 * Watches one folder where there is room. `full` (there is none) and `unreadable` (the system does not let us): it is to
 * be looked at from time to time; `gone`: it is not there.
 */
export function tryToWatch(
  watching: Watching,
  budget: WatchBudget,
  path: string,
  folder: number,
  news: (folder: number) => void,
): Watch | 'full' | 'unreadable' | 'gone' {
  if (!budget.hasRoom) return 'full';
  try {
    const watch = watching.watch(path, folder, news);
    budget.take();
    return watch;
  } catch (error) {
    const { code } = asSdError(error);
    if (code === 'NOT_FOUND' || code === 'NOT_A_FOLDER') return 'gone';
    if (code !== 'LIMIT') return 'unreadable';
    budget.refuse();
    return 'full';
  }
}
