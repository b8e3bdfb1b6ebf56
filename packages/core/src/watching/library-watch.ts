import { toPlainError } from '../errors.ts';
import type { LiveIndex } from '../indexing/passes/live-index.ts';
import type { LiveLocation, Places } from '../indexing/passes/places.ts';
import type { Pace } from '../pace.ts';
import type { Clock } from '../ports/clock.ts';
import type { Watching } from '../ports/watching.ts';
import { DirtyFolders } from './dirty-folders.ts';
import { type PassWork, runPass } from './pass-run.ts';
import type { FromWatcher, Unwatchable, WatchOptions } from './protocol.ts';
import { Removals } from './removals.ts';
import { WatchedLocations } from './watched-locations.ts';

export interface LibraryWatchParts {
  readonly index: LiveIndex;
  readonly watching: Watching;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly options: WatchOptions & { readonly openedAt: number };
  say(message: FromWatcher): void;
}

/** What is not watched is looked at this often. */
const POLL_MS = 10 * 60_000;
/** A location that is away is looked for this often, where the system does not tell of its coming back. */
const AWAY_MS = 30_000;
/** After a pass that took long the next one waits this many times as long, or this long. */
const REST = 2;
const LONGEST_REST_MS = 1_500;
/** After a pass that failed. */
const RETRY_MS = 5_000;
/** Folders watched in one go, before others have a turn in this thread. */
const WATCHED_AT_ONCE = 200;
const NONE: ReadonlySet<number> = new Set();
/** News that are due so soon go with those that are due. */
const TOGETHER_MS = 20;

/** Keeps the index of one library true: watches folders, collects news, and looks at them in passes. */
export class LibraryWatch {
  readonly #parts: LibraryWatchParts;
  readonly #dirty = new DirtyFolders();
  readonly #watched: WatchedLocations;
  readonly #pollMs: number;
  readonly #offLost: () => void;
  #unwatchable: Unwatchable = {};
  #revision = -1;
  /** Entries with this id and above may have been moved from where they are still missed. */
  #firstNewId: number;
  #notBefore = 0;
  #cancelTimer: (() => void) | undefined;
  #cancelPoll: (() => void) | undefined;
  #wantsTurn = false;
  #busy: Promise<void> | undefined;
  #stopping = false;
  #again = false;
  /** Locations that were watched and went away. */
  readonly #away = new Set<string>();
  /** Scans are under way that leave what is missing to a pass. */
  #leftMissing = false;
  /** Ids of their locations. */
  readonly #left = new Set<number>();
  readonly #removals = new Removals(() => this.#now());
  readonly #settling: number[] = [];

  constructor(parts: LibraryWatchParts) {
    this.#parts = parts;
    this.#pollMs = parts.options.pollMs ?? POLL_MS;
    this.#firstNewId = parts.index.firstUnsettledId;
    this.#watched = new WatchedLocations(parts.watching, {
      limit: parts.options.limit,
      pollMs: this.#pollMs,
      news: (folder) => this.#mark(folder),
    });
    this.#offLost = parts.watching.onLost(() => this.#lookAtAll());
    this.#poll();
  }

  /** The locations, or what is known of their folders, may have changed. */
  look(unwatchable: Unwatchable): void {
    this.#unwatchable = unwatchable;
    this.#again = true;
    this.#alone(() => this.#follow());
  }

  /** It is this thread's turn to change the index. */
  turn(): void {
    this.#wantsTurn = false;
    this.#alone(() => this.#pass());
  }

  settle(number: number): void {
    this.#settling.push(number);
    this.#lookAtUnwatched();
    // What has happened by now is told within the next two rounds of the thread.
    this.#parts.clock.after(1, () => this.#parts.clock.after(1, () => this.#tellSettled()));
  }

  /** The scans of several locations have left what is missing: its folders are looked at, where it may be elsewhere now. */
  settleMissing(): void {
    this.#leftMissing = false;
    for (const folder of this.#parts.index.unsettledFolders()) this.#mark(folder);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#offLost();
    this.#cancelTimer?.();
    this.#cancelPoll?.();
    await this.#busy;
    this.#watched.endAll();
    this.#parts.index.close();
  }

  /** One thing after the other. */
  #alone(work: () => Promise<void>): void {
    const before = this.#busy ?? Promise.resolve();
    const mine: Promise<void> = before
      .then(() => (this.#stopping ? undefined : work()))
      .catch((error: unknown) => this.#parts.say({ type: 'failed', error: toPlainError(error) }))
      .finally(() => {
        if (this.#busy !== mine) return;
        this.#busy = undefined;
        this.#schedule();
        this.#tellSettled();
      });
    this.#busy = mine;
  }

  #mark(folder: number, deep = false): void {
    this.#dirty.mark(folder, this.#now(), deep);
    this.#schedule();
  }

  /** Something may have been missed anywhere. */
  #lookAtAll(): void {
    for (const { root } of this.#parts.index.places().locations) this.#mark(root, true);
  }

  /** A pass is asked for once the first news are due. */
  #schedule(): void {
    if (this.#wantsTurn || this.#busy || this.#stopping || this.#dirty.next === Infinity) return;
    this.#cancelTimer?.();
    const wait = Math.max(this.#dirty.next, this.#notBefore) - this.#now();
    this.#cancelTimer = this.#parts.clock.after(Math.max(0, wait), () => {
      this.#cancelTimer = undefined;
      if (this.#wantsTurn || this.#stopping) return;
      this.#wantsTurn = true;
      this.#parts.say({ type: 'want-turn' });
    });
  }

  async #pass(): Promise<void> {
    const { index, clock, pace, say } = this.#parts;
    const began = this.#now();
    let taken: { id: number; deep: boolean }[] = [];
    // Whatever fails in here: without an answer the turn would never end.
    try {
      const places = index.places();
      this.#followNews(places);
      taken = this.#dirty.take(began + TOGETHER_MS);
      const told = new Set(taken.map(({ id }) => id));
      // News may be of the folder itself, whose watch ends with it: it is watched anew before it is looked at.
      const work: PassWork = {
        index,
        clock,
        pace,
        places,
        firstNewId: this.#firstNewId,
        left: this.#leftMissing ? NONE : this.#left,
        taken,
        entering: (location, folder, standing) =>
          this.#watched.ensure(location, folder.id, folder.path, standing === 'other' || told.delete(folder.id)),
        more: () => {
          const more = this.#dirty.take(Infinity);
          for (const one of more) {
            told.add(one.id);
            taken.push(one);
          }
          return more;
        },
        removing: (id) => this.#watched.close(id),
        removals: this.#removals,
        stopping: () => this.#stopping,
      };
      const report = await runPass(work);
      if (!this.#leftMissing) this.#left.clear();
      const took = this.#now() - began;
      this.#dirty.looked(taken, this.#now(), took);
      this.#notBefore = this.#now() + Math.min(LONGEST_REST_MS, REST * took);
      if (this.#dirty.size === 0 && !this.#leftMissing) this.#firstNewId = index.nextId;
      this.#revision = index.revision;
      say({ type: 'passed', report });
    } catch (error) {
      for (const { id } of taken) this.#dirty.mark(id, this.#now(), true);
      this.#notBefore = this.#now() + RETRY_MS;
      say({ type: 'passed', report: { locations: [], error: toPlainError(error) } });
    }
    this.#tellState();
  }

  /** Watches what came, lets go of what went. */
  async #follow(): Promise<void> {
    if (!this.#again) return;
    this.#again = false;
    const { index, say } = this.#parts;
    const places = index.places();
    const there = places.locations.filter((location) => location.row.indexed_at !== null && index.isThere(location));
    const ids = new Set(there.map(({ uuid }) => uuid));
    for (const id of this.#watched.ids) {
      if (ids.has(id)) continue;
      this.#watched.end(id);
      this.#away.add(id);
    }
    this.#followNews(places);
    const begun: [LiveLocation, boolean][] = [];
    for (const location of there) {
      const reason = this.#unwatchable[location.uuid];
      if (this.#watched.has(location.uuid)) {
        if (this.#watched.reasonOf(location.uuid) === reason) continue;
        this.#watched.end(location.uuid);
      }
      this.#watched.begin(location.uuid, reason);
      this.#tellState();
      await this.#watchAll(places, location);
      this.#watched.begun(location.uuid);
      const scanned = (location.row.indexed_at ?? 0) >= this.#parts.options.openedAt;
      begun.push([location, !this.#away.delete(location.uuid) && scanned]);
    }
    // What happened before its folders were watched: a scan finds it where that may be long ago.
    const [before, now] = [begun.filter(([, seen]) => !seen), begun.filter(([, seen]) => seen)];
    for (const [location] of now) this.#mark(location.root, true);
    if (before.length > 1) {
      this.#leftMissing = true;
      for (const [location] of before) this.#left.add(location.id);
    }
    if (before.length > 0) say({ type: 'watched', locations: before.map(([location]) => location.uuid) });
    this.#tellState();
  }

  async #watchAll(places: Places, location: LiveLocation): Promise<void> {
    let count = 0;
    for (const { id, path } of places.folders(location)) {
      if (this.#stopping) return;
      this.#watched.ensure(location, id, path);
      if (++count % WATCHED_AT_ONCE === 0) await this.#pause(0);
    }
  }

  /** Folders that others wrote into the index since the last look. What is watched from now on is looked at once more. */
  #followNews(places: Places): void {
    const { index } = this.#parts;
    if (this.#revision < 0) this.#revision = index.revision;
    const { revision, changed, removed } = index.newsSince(this.#revision);
    this.#revision = revision;
    for (const id of removed) this.#watched.close(id);
    for (const id of changed) {
      const watchedBy = this.#watched.locationOf(id);
      const place = watchedBy !== undefined && places.locations.length === 1 ? undefined : places.of(id);
      if (!place || place.location.uuid === watchedBy || !this.#watched.has(place.location.uuid)) continue;
      // Moved from another location, by us: with it went all below, and their watches are to go along.
      if (watchedBy !== undefined) this.#mark(id, true);
      else if (this.#watched.ensure(place.location, id, place.path)) this.#mark(id);
    }
  }

  #poll(): void {
    const { clock, index } = this.#parts;
    this.#cancelPoll = clock.after(Math.min(this.#pollMs, AWAY_MS), () => {
      this.#lookAtUnwatched();
      if (index.places().locations.some(({ uuid }) => !this.#watched.has(uuid))) this.look(this.#unwatchable);
      this.#schedule();
      this.#poll();
    });
  }

  #lookAtUnwatched(): void {
    for (const folder of this.#watched.unwatched()) this.#mark(folder);
  }

  #tellState(): void {
    const locations = Object.fromEntries(this.#watched.ids.map((id) => [id, this.#watched.stateOf(id)]));
    this.#parts.say({ type: 'state', state: { locations, waiting: this.#dirty.size } });
  }

  #tellSettled(): void {
    if (this.#busy || this.#wantsTurn || this.#dirty.size > 0) return;
    for (const number of this.#settling.splice(0)) this.#parts.say({ type: 'settled', number });
  }

  #now(): number {
    return this.#parts.clock.monotonic();
  }
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.#parts.clock.after(milliseconds, resolve));
  }
}
