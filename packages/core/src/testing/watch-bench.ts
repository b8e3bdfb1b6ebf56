import { assembleWatching } from '../core-watching.ts';
import type { LocationMode, LocationRules, LocationWatch } from '../domain/location.ts';
import { type CoreEvent, EventBus } from '../events.ts';
import { ActiveScans } from '../indexing/active-scans.ts';
import { IndexTurns } from '../indexing/index-turn.ts';
import type { JobInfo, JobRequest } from '../jobs/job-manager.ts';
import type { OpenLibrary } from '../libraries/library.ts';
import type { Platform } from '../platform.ts';
import type { Log } from '../ports/log.ts';
import type { Mounts } from '../ports/mounts.ts';
import type { Watching } from '../ports/watching.ts';
import type { WatchOptions } from '../watching/protocol.ts';
import type { WatchService } from '../watching/watch-service.ts';
import { type EntryPicture, indexPicture } from './index-picture.ts';
import { inlineWorkers } from './inline-workers.ts';
import { ScanBench } from './scan-bench.ts';

export interface WatchBenchOptions extends WatchOptions {
  /** In a thread of its own. */
  readonly real?: boolean;
  /** What the watcher gets instead of the real port; not with `real`. */
  readonly watching?: (real: Watching) => Watching;
  readonly mounts?: Mounts['list'];
  readonly library?: OpenLibrary;
}

/** A library with its scans and its watcher, and nothing else of a core. */
export class WatchBench {
  readonly scans: ScanBench;
  readonly events: CoreEvent[] = [];
  readonly warnings: string[] = [];
  /** Jobs the watcher has asked for, as `<kind> <location>`. */
  readonly asked: string[] = [];
  readonly #bus: EventBus;
  readonly #watching: WatchService;
  readonly #jobs = new Map<string, Promise<unknown>>();
  #lastJob = 0;
  /** Threads and timers of the core let a process end; a test waits for them. */
  readonly #awake = setInterval(() => {}, 60_000);

  constructor(folder: string, options: WatchBenchOptions = {}) {
    const turns = new IndexTurns();
    const scans = new ActiveScans();
    this.scans = new ScanBench(folder, {
      ...(options.real ? { real: true } : {}),
      ...(options.library ? { library: options.library } : {}),
      turns,
      scans,
    });
    const { platform } = this.scans;
    this.#bus = new EventBus('bench', () => platform.clock.now());
    this.#bus.subscribe((event) => this.events.push(event));
    this.#watching = assembleWatching({
      workers: options.real ? platform.workers : inlineWorkers(platform, this.#ports(platform, options)),
      clock: platform.clock,
      log: this.#log(),
      events: this.#bus,
      mounts: { ...platform.mounts, ...(options.mounts ? { list: options.mounts } : {}) },
      turns,
      scans,
      jobs: {
        enqueue: (request) => this.#enqueue(request),
        ended: (id) => Promise.resolve(this.#jobs.get(id)).then(() => ({ id }) as JobInfo),
      },
      options: {
        ...(options.limit === undefined ? {} : { limit: options.limit }),
        ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
      },
      changed() {},
      identified() {},
    });
  }

  /** From here on it watches. */
  start(): void {
    this.#watching.start(this.scans.library);
  }

  /** Adds a location and scans it. Answers its UUID. */
  async add(path: string, mode: LocationMode = 'shallow', rules: Partial<LocationRules> = {}): Promise<string> {
    const location = await this.scans.add(path, mode, rules);
    await this.scans.scan(location);
    this.#bus.publish({ resource: 'location', change: 'created', library: this.scans.library.id, ids: [location] });
    return location;
  }

  /** Waits until all that was done on disk is in the index. */
  async settled(): Promise<void> {
    do {
      await this.#watching.settled(this.scans.library.id);
      await Promise.all(this.#jobs.values());
      // A job may have left folders to look at.
      await this.#watching.settled(this.scans.library.id);
    } while (this.#jobs.size > 0);
  }

  /** How a location is watched; `undefined` while it is not. */
  watch(location: string): LocationWatch | undefined {
    return this.#watching.locationsOf(this.scans.library.id)?.[location];
  }

  onEvent(listener: (event: CoreEvent) => void): void {
    this.#bus.subscribe(listener);
  }

  /** Something the system tells of has happened to disks. */
  look(): void {
    this.#watching.look();
  }

  picture(location: string): { entries: Map<string, EntryPicture>; ids: Map<string, number> } {
    return indexPicture(this.scans.library.db, this.scans.location(location).root_entry_id);
  }

  async stop(): Promise<void> {
    clearInterval(this.#awake);
    await this.#watching.close();
    await Promise.all(this.#jobs.values());
  }
  async close(): Promise<void> {
    await this.stop();
    await this.scans.close();
  }

  #ports(platform: Platform, { watching }: WatchBenchOptions) {
    return watching ? { watching: watching(platform.watching) } : {};
  }

  async #enqueue({ kind, input }: Pick<JobRequest, 'kind' | 'input'>): Promise<JobInfo> {
    const location = String(input['location']);
    this.asked.push(`${kind} ${location}`);
    const leaveMissing = input['leave_missing'] === true;
    const run =
      kind === 'locations.index' ? this.scans.scan(location, { leaveMissing }) : this.scans.identify(location);
    const job: Promise<unknown> = run
      .catch((error: unknown) => this.warnings.push(String(error)))
      .finally(() => this.#jobs.delete(id));
    const id = String(++this.#lastJob);
    this.#jobs.set(id, job);
    return { id, state: 'queued' } as JobInfo;
  }

  #log(): Log {
    const quiet = (): void => {};
    const warn = (message: string, facts?: Record<string, unknown>): void =>
      void this.warnings.push(`${message} ${JSON.stringify(facts ?? {})}`);
    return { debug: quiet, info: quiet, warn, error: warn, child: () => this.#log() };
  }
}
