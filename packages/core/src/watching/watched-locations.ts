import type { LocationWatch } from '../domain/location.ts';
import type { LiveLocation } from '../indexing/passes/places.ts';
import type { Watching } from '../ports/watching.ts';
import { WatchBudget, WatchSet, tryToWatch } from './watch-set.ts';

interface Watched {
  readonly set: WatchSet;
  /** Why its changes are not told at all. */
  reason: string | undefined;
  starting: boolean;
}

/** The watches of a library, by location. What cannot be watched is counted, to be looked at from time to time. */
export class WatchedLocations {
  readonly #watching: Watching;
  readonly #budget: WatchBudget;
  readonly #pollMs: number;
  readonly #news: (folder: number) => void;
  readonly #locations = new Map<string, Watched>();

  /** `news`: called for each change in a folder, or of it. */
  constructor(
    watching: Watching,
    options: { limit: number | undefined; pollMs: number; news: (folder: number) => void },
  ) {
    this.#watching = watching;
    this.#budget = new WatchBudget(watching, options.limit);
    this.#pollMs = options.pollMs;
    this.#news = options.news;
  }

  has(location: string): boolean {
    return this.#locations.has(location);
  }
  get ids(): string[] {
    return [...this.#locations.keys()];
  }
  /** `reason`: why its changes are not told. */
  begin(location: string, reason: string | undefined): void {
    this.#locations.set(location, { set: new WatchSet(this.#budget), reason, starting: true });
  }
  begun(location: string): void {
    const watched = this.#locations.get(location);
    if (watched) watched.starting = false;
  }
  reasonOf(location: string): string | undefined {
    return this.#locations.get(location)?.reason;
  }
  end(location: string): void {
    this.#locations.get(location)?.set.closeAll();
    this.#locations.delete(location);
  }
  endAll(): void {
    for (const id of this.ids) this.end(id);
  }

  /** Sees to it that the folder is watched; `anew`: also where it is. Answers whether it was not before. */
  ensure(location: LiveLocation, folder: number, path: string, anew = false): boolean {
    const watched = this.#locations.get(location.uuid);
    if (!watched) return false;
    if (!watched.set.has(folder))
      for (const other of this.#locations.values())
        if (other !== watched && other.set.has(folder)) other.set.handOver(folder, watched.set);
    if (watched.set.has(folder)) {
      if (!anew) return false;
      watched.set.close(folder);
    }
    const watch =
      watched.reason === undefined ? tryToWatch(this.#watching, this.#budget, path, folder, this.#news) : 'full';
    if (watch === 'full' || watch === 'unreadable') watched.set.leave(folder, watch);
    else if (watch !== 'gone') watched.set.set(folder, watch);
    return true;
  }

  /** The location under which a folder is watched. */
  locationOf(folder: number): string | undefined {
    for (const [location, { set }] of this.#locations) if (set.has(folder)) return location;
    return undefined;
  }

  close(folder: number): void {
    for (const { set } of this.#locations.values()) set.close(folder);
  }

  /** Every folder that is not watched. */
  *unwatched(): Generator<number> {
    for (const { set } of this.#locations.values()) yield* set.unwatched;
  }

  stateOf(location: string): LocationWatch {
    const { set, reason, starting } = this.#locations.get(location) ?? {};
    if (!set) return { state: 'off', folders: 0, watched: 0 };
    const { folders, watched } = set;
    if (starting) return { state: 'starting', folders, watched };
    if (set.unwatched.size === 0) return { state: 'live', folders, watched };
    const why = reason ?? this.#whyNotAll(set);
    return { state: watched > 0 ? 'partial' : 'polling', folders, watched, poll_ms: this.#pollMs, reason: why };
  }

  #whyNotAll({ folders, unwatched, unreadable }: WatchSet): string {
    const refused = unwatched.size - unreadable;
    return [
      ...(refused > 0 ? [`${refused} of ${folders} folders are looked at from time to time: ${this.#budget.why}`] : []),
      ...(unreadable > 0
        ? [`${unreadable} of ${folders} folders cannot be read; give this user the right to, or exclude them`]
        : []),
    ].join('; ');
  }
}
