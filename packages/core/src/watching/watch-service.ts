import type { LocationWatch } from '../domain/location.ts';
import { fromPlainError } from '../errors.ts';
import type { CoreEvent, EventBus } from '../events.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Workers } from '../ports/workers.ts';
import { ChangeCounter } from './change-counter.ts';
import { LibraryWatcher } from './library-watcher.ts';
import type { PassedReport, Unwatchable, WatchOptions, WatcherState } from './protocol.ts';

export interface WatchServiceParts {
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventBus;
  readonly options: WatchOptions;
  /** Waits until the index of the library may be changed; answers the function that says it was. */
  turn(library: Library, signal: AbortSignal): Promise<(() => void) | undefined>;
  /** Rows of the library were committed: whoever follows them may look. */
  changed(library: Library): void;
  /**
   * Locations are watched from now on, and what happened before is not known: they are to be scanned. Resolves with
   * whether what is missing was left for the watcher to settle, once they were.
   */
  catchUp(library: Library, locations: readonly string[]): Promise<boolean>;
  /** Files of a location are new or changed and not identified. */
  identify(library: Library, location: string): Promise<void>;
  /** Files of a location were identified. */
  identified(library: Library, location: string): void;
  /** Locations whose changes the system does not tell, with why. */
  unwatchable(library: Library): Promise<Unwatchable>;
}

/** Watches the locations of every open library, in a thread per library. */
export class WatchService {
  readonly #parts: WatchServiceParts;
  readonly #watchers = new Map<string, LibraryWatcher>();
  readonly #counter: ChangeCounter;
  readonly #unsubscribe: () => void;

  constructor(parts: WatchServiceParts) {
    this.#parts = parts;
    this.#counter = new ChangeCounter(parts);
    // Locations come, go and change, and scans find folders: the events say so.
    this.#unsubscribe = parts.events.follow(({ resource, change, library, data }) => {
      if (library === undefined || change === 'progress' || data?.['by'] === 'watcher') return;
      if (resource === 'location' || resource === 'volume') this.look(library);
    });
  }

  start(library: Library): void {
    if (this.#watchers.has(library.id)) return;
    this.#watchers.set(library.id, new LibraryWatcher(this.#parts, library, (report) => this.#passed(library, report)));
  }

  /** Locations, or whether they are there, may have changed. Without a library: anywhere. */
  look(libraryId?: string): void {
    for (const [id, watcher] of this.#watchers) if (libraryId === undefined || id === libraryId) watcher.look();
  }

  /** Nothing else runs: the threads give back what memory they can spare. */
  rest(): void {
    for (const watcher of this.#watchers.values()) watcher.rest();
  }

  /** Ends after the write in progress, and lets go of the library's files. */
  async stop(libraryId: string): Promise<void> {
    const watcher = this.#watchers.get(libraryId);
    this.#watchers.delete(libraryId);
    await watcher?.stop();
    if (watcher) await this.#counter.end(watcher.library);
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    await Promise.all([...this.#watchers.keys()].map((id) => this.stop(id)));
  }

  /** Resolves once the rows of the locations say all that passes have brought in so far. */
  changesCounted(library: Library): Promise<void> {
    return this.#counter.write(library);
  }

  /** How changes of a location come to be known; `undefined` where its library is not open. */
  of(libraryId: string, location: string): LocationWatch | undefined {
    const watcher = this.#watchers.get(libraryId);
    return watcher && (watcher.state.locations[location] ?? { state: 'off', folders: 0, watched: 0 });
  }

  /** By location id; `undefined` where the library is not watched. */
  locationsOf(libraryId: string): WatcherState['locations'] | undefined {
    return this.#watchers.get(libraryId)?.state.locations;
  }

  status(): { library: string; state: WatcherState; error: string | undefined }[] {
    return [...this.#watchers].map(([library, { state, error }]) => ({ library, state, error }));
  }

  /** Resolves once all that had happened on disk when this was called is in the index, where it is watched. */
  async settled(libraryId: string): Promise<void> {
    await this.#watchers.get(libraryId)?.settled();
  }

  /** What came into the index by our own doing is told as what the watcher finds is. */
  tell(library: Library, report: PassedReport): void {
    this.#passed(library, report);
  }

  #passed(library: Library, { locations, error }: PassedReport): void {
    const { events, log, changed, identify, identified } = this.#parts;
    if (error) log.warn('a pass over changed folders failed', { library: library.id, ...fromPlainError(error) });
    const said: CoreEvent[] = [];
    for (const location of locations) {
      const { id, path, folders, all, braked } = location;
      for (const { path: folder, added, modified, removed } of folders) {
        const change = added + modified === 0 ? 'deleted' : modified + removed === 0 ? 'created' : 'updated';
        said.push({ resource: 'entry', change, library: library.id, path: folder, data: { added, modified, removed } });
      }
      if (all > folders.length)
        said.push({ resource: 'entry', change: 'updated', library: library.id, path, data: { folders: all } });
      if (all > 0 || braked)
        said.push({
          resource: 'location',
          change: 'updated',
          library: library.id,
          ids: [id],
          path,
          data: { by: 'watcher' },
        });
      if (all > 0) this.#counter.count(library, id, location.changes);
      if (location.identified === 'all') identified(library, id);
      if (location.identified === 'left')
        identify(library, id).catch((failure: unknown) =>
          log.warn('changed files are not identified yet', { location: id, error: String(failure) }),
        );
    }
    if (said.length > 0) changed(library);
    events.publish(...said);
  }
}
