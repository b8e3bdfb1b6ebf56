import type { ActionContext, ReadContext } from './context.ts';
import { diagnoseCore } from './core-doctor.ts';
import type { CoreJournal } from './core-journal.ts';
import type { CoreOptions } from './core-options.ts';
import type { AuditNote } from './db/write.ts';
import type { Call, DispatchServices } from './dispatcher.ts';
import type { Device } from './domain/device.ts';
import { SdError } from './errors.ts';
import type { EventBus } from './events.ts';
import type { FileActions } from './file-actions/file-actions.ts';
import type { DurableJobs } from './jobs/durable-jobs.ts';
import type { Library } from './libraries/library.ts';
import type { Libraries } from './libraries/manager.ts';
import type { LocationPresence } from './locations/location-presence.ts';
import type { Operation, Query, ReaderTask } from './operation.ts';
import type { Platform } from './platform.ts';
import type { PerformanceService } from './performance/performance-service.ts';
import type { ReaderPool } from './reading/reader-pool.ts';
import { PROTOCOL_VERSION } from './rpc/protocol.ts';
import type { Grants } from './serving/grants.ts';
import type { ContentsIndex } from './text-search/contents-index.ts';
import type { TextIndexService } from './search/text-index-service.ts';
import type { SettingsService } from './settings/settings-service.ts';
import type { CoreStatus } from './status.ts';
import { sayWatching } from './watching/say.ts';
import type { WatchService } from './watching/watch-service.ts';
import type { VolumeService } from './volumes/volume-service.ts';
import type { VolumeManager } from './volumes/volumes.ts';

export interface CoreParts {
  readonly platform: Platform;
  readonly options: CoreOptions;
  readonly device: Device;
  readonly events: EventBus;
  readonly libraries: Libraries;
  readonly jobs: DurableJobs;
  readonly settings: SettingsService;
  readonly performance: PerformanceService;
  readonly readers: ReaderPool;
  readonly presence: LocationPresence;
  readonly textIndex: TextIndexService;
  readonly contentsIndex: ContentsIndex;
  readonly watching: WatchService;
  readonly fileActions: FileActions;
  readonly volumeService: VolumeService;
  readonly volumes: VolumeManager;
  readonly grants: Grants;
  readonly journal: CoreJournal;
  readonly newId: () => string;
}

/** What the open core gives to operations. */
export class CoreServices implements DispatchServices {
  readonly #parts: CoreParts;
  readonly #startedAt: number;
  readonly #stopListeners: (() => void)[] = [];
  #stopping = false;
  /** Set once connections are accepted. */
  sessions: () => number = () => 0;

  constructor(parts: CoreParts) {
    this.#parts = parts;
    this.#startedAt = parts.platform.clock.monotonic();
  }

  get newId(): () => string {
    return this.#parts.newId;
  }
  get clock() {
    return this.#parts.platform.clock;
  }

  onStopRequest(listener: () => void): void {
    this.#stopListeners.push(listener);
  }

  library(scope: Operation['scope'], idOrName: string | undefined): Library | undefined {
    const { libraries } = this.#parts;
    if (scope === 'library' || (scope === 'any' && idOrName !== undefined)) return libraries.open(idOrName);
    if (scope === 'core') return undefined;
    const open = libraries.list().filter((library) => library.state === 'open');
    return open.length === 1 && open[0] ? libraries.open(open[0].id) : undefined;
  }

  readContext(call: Call, library: Library | undefined): ReadContext {
    const { platform, device, libraries, jobs, settings, volumes } = this.#parts;
    return {
      device,
      libraries,
      jobs,
      settings,
      volumes,
      files: platform.files,
      presenceOf: (location) => this.#parts.presence.known(location),
      clock: platform.clock,
      log: platform.log,
      session: call.session,
      watching: this.#parts.watching,
      fileActions: this.#parts.fileActions,
      signal: call.signal,
      status: () => this.status(),
      inReader: (task, input) => this.#inReader(task, input, library, call.signal),
      diagnose: () => diagnoseCore({ ...this.#parts, status: () => this.status() }),
      signUrl: (scope) => this.#parts.grants.sign(scope),
      checkCancelled: () => checkCancelled(call.signal),
      ...(library ? { library } : {}),
    };
  }

  get journal(): CoreJournal {
    return this.#parts.journal;
  }

  actionContext(call: Call, library: Library | undefined, note: AuditNote): ActionContext {
    const { platform, device, libraries, jobs, settings, volumes } = this.#parts;
    const context: ActionContext = {
      device,
      libraries,
      jobs,
      settings,
      volumes,
      files: platform.files,
      presenceOf: (location) => this.#parts.presence.known(location),
      clock: platform.clock,
      log: platform.log,
      fileActions: this.#parts.fileActions,
      random: platform.random,
      receipt: note.receipt,
      session: call.session,
      signal: call.signal,
      inReader: (task, input) => this.#inReader(task, input, library, call.signal),
      requestStop: () => {
        this.#stopping = true;
        platform.clock.after(STOP_AFTER_MS, () => this.#stopListeners.forEach((listener) => listener()));
      },
      checkCancelled: () => checkCancelled(call.signal),
    };
    return library
      ? Object.assign(context, {
          library: libraries.open(library.id).recorded(note),
          jobs: this.#parts.journal.jobsOf(jobs, library, note),
        })
      : context;
  }

  runInReader(query: Query, input: unknown, library: Library | undefined, signal: AbortSignal): Promise<unknown> {
    return this.#parts.readers.run(query.name, input, library, signal);
  }

  async #inReader<I, O>(task: ReaderTask<I, O>, input: I, library: Library | undefined, signal: AbortSignal) {
    return (await this.#parts.readers.run(task.name, input, library, signal)).toJSON() as O;
  }

  status(): CoreStatus {
    const { options, device, libraries, jobs, readers, textIndex, contentsIndex, watching, events, platform } =
      this.#parts;
    const all = jobs.list({ states: ['running', 'queued', 'paused'] });
    const count = (state: string): number => all.filter((job) => job.state === state).length;
    return {
      version: options.version,
      protocol: PROTOCOL_VERSION,
      stopping: this.#stopping,
      uptime_ms: Math.round(platform.clock.monotonic() - this.#startedAt),
      device: { id: device.id, name: device.name, slug: device.slug },
      libraries: libraries.list().map(({ id, name, state }) => ({
        id,
        name,
        state,
        ...(state === 'open' ? { locations: countLocations(libraries.open(id)) } : {}),
      })),
      services: [
        { name: 'jobs', state: 'running', detail: `${count('running')} running` },
        { name: 'readers', state: 'running', detail: `${readers.threads} threads` },
        volumesStatus(this.#parts.volumeService),
        ...watching.status().map(({ library, state, error }) => ({
          name: 'watcher',
          state: error === undefined ? ('running' as const) : ('failed' as const),
          detail: [nameOf(libraries, library), sayWatching(state), error ?? ''].filter(Boolean).join(', '),
        })),
        ...textIndex.status().map(({ library, state, done, total, error }) => ({
          name: 'text index',
          state: state === 'failed' ? ('failed' as const) : ('running' as const),
          detail: [
            nameOf(libraries, library),
            state,
            done === undefined || state !== 'building' ? '' : `${done} of ${total ?? '?'}`,
            error ?? '',
          ]
            .filter(Boolean)
            .join(', '),
        })),
        ...contentsIndex.status().map(({ library, state, documents }) => ({
          name: 'contents index',
          state: 'running' as const,
          detail: `${nameOf(libraries, library)}, ${state}, ${documents} documents`,
        })),
      ],
      jobs: { running: count('running'), queued: count('queued'), paused: count('paused') },
      performance: this.#parts.performance.status(),
      sessions: this.sessions(),
      event_subscribers: events.listeners,
      ...(options.host ? { host: options.host() } : {}),
    };
  }
}

/** Long enough that the answer to whoever asked is on its way. */
const STOP_AFTER_MS = 20;

function checkCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new SdError('CANCELLED', 'cancelled on request');
}

function countLocations(library: Library): number {
  return library.db.prepare<{ n: number }>('SELECT count(*) AS n FROM locations').get()?.n ?? 0;
}

function nameOf(libraries: Libraries, id: string): string {
  return libraries.list().find((library) => library.id === id)?.name ?? id;
}

function volumesStatus({ table, failure }: VolumeService): CoreStatus['services'][number] {
  if (failure !== undefined) return { name: 'volumes', state: 'failed', detail: failure };
  return { name: 'volumes', state: 'running', detail: `${table.volumes.length} mounted` };
}
