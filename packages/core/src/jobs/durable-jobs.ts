import { z } from 'zod';
import { SdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock, Files, Log, Sqlite } from '../platform.ts';
import { JobEngine, noJob } from './engine.ts';
import { type JobFilter, type JobInfo, type JobManager, isEnd } from './job-manager.ts';
import type { JobKind } from './kind.ts';
import { type QueueItem, type QueueLimits, nextJob } from './queue.ts';
import type { JobRecord } from './record.ts';
import { openJobStore } from './store.ts';

/** Jobs running at once, over all libraries: each has threads of its own, and more would only share the same disk. */
const MOST_RUNNING = 2;
/** A full disk has room again when this much is free, or a tenth of a small one. */
const ROOM_BYTES = 64 * 2 ** 20;

export interface DurableJobsParts {
  readonly kinds: readonly JobKind[];
  readonly sqlite: Sqlite;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventBus;
  readonly newId: () => string;
}

/** The jobs of all open libraries: one engine each, one limit over them all. */
export class DurableJobs implements JobManager {
  readonly #parts: DurableJobsParts;
  readonly #kinds: ReadonlyMap<string, JobKind>;
  readonly #limits: QueueLimits;
  readonly #engines = new Map<string, JobEngine>();

  constructor(parts: DurableJobsParts) {
    this.#parts = parts;
    this.#kinds = new Map(parts.kinds.map((kind) => [kind.name, kind]));
    this.#limits = { total: MOST_RUNNING, ofKind: (kind) => this.#kinds.get(kind)?.atOnce ?? MOST_RUNNING };
  }

  /**
   * Takes up the jobs of a library that was opened: what was interrupted queues again and goes on. Throws
   * `NEWER_FORMAT`, and what the disk says.
   */
  attach(library: Library): void {
    const { sqlite, files, clock, log, events, newId } = this.#parts;
    const store = openJobStore({ sqlite, files, log, now: () => clock.now() }, library.folder, library.access.key);
    const hasRoom = (): boolean => {
      const { free, total } = files.space(library.folder);
      return free >= Math.min(ROOM_BYTES, total / 10);
    };
    const engine = new JobEngine({
      library,
      store,
      kinds: this.#kinds,
      clock,
      log: log.child({ library: library.id }),
      events,
      newId,
      hasRoom,
      onReady: () => this.#startNext(),
    });
    this.#engines.set(library.id, engine);
    this.#startNext();
  }

  /** Brings the library's jobs to a checkpoint and lets go of its `jobs.db`, in under four seconds. */
  async detach(libraryId: string): Promise<void> {
    const engine = this.#engines.get(libraryId);
    if (!engine) return;
    await engine.close();
    this.#engines.delete(libraryId);
    this.#startNext();
  }

  /** Detaches every library, all at the same time. */
  async close(): Promise<void> {
    await Promise.all([...this.#engines.keys()].map((id) => this.detach(id)));
  }

  list(filter: JobFilter = {}): JobInfo[] {
    const { library, states, kind } = filter;
    const engines = [...this.#engines.values()].filter(
      (engine) => library === undefined || engine.library.id === library,
    );
    const jobs = engines
      .flatMap((engine) => engine.list(states?.some(isEnd) ?? true))
      .filter((job) => (!states || states.includes(job.state)) && (kind === undefined || job.kind === kind));
    // Each engine lists oldest first, also where the clock was set back meanwhile.
    return engines.length === 1 ? jobs.reverse() : jobs.reverse().sort((a, b) => b.created_at - a.created_at);
  }

  info(id: string): JobInfo {
    for (const engine of this.#engines.values()) {
      const job = engine.find(id);
      if (job) return job;
    }
    return noJob(id);
  }

  // The methods below are async so that what they throw is a rejection, whoever calls.
  async enqueue(request: {
    library: string;
    kind: string;
    subject: string;
    input: Readonly<Record<string, unknown>>;
  }): Promise<JobInfo> {
    const engine = this.#engines.get(request.library);
    if (!engine) throw new SdError('LIBRARY_CLOSED', 'its library is not open, so no job of it can run');
    const kind = this.#kinds.get(request.kind);
    if (!kind)
      throw new SdError('NOT_FOUND', `there is no job kind ${request.kind}`, { kinds: [...this.#kinds.keys()] });
    const input = kind.input.safeParse(request.input);
    if (!input.success)
      throw new SdError('INVALID_INPUT', `the job ${kind.name} does not take this: ${z.prettifyError(input.error)}`);
    return engine.enqueue({ kind, subject: request.subject, input: input.data as JobRecord['input'] });
  }
  async cancel(id: string): Promise<JobInfo> {
    return this.#engineOf(id).stop(id, 'cancel');
  }
  async pause(id: string): Promise<JobInfo> {
    return this.#engineOf(id).stop(id, 'pause');
  }
  async resume(id: string): Promise<JobInfo> {
    return this.#engineOf(id).resume(id);
  }
  async ended(id: string): Promise<JobInfo> {
    return this.#engineOf(id).ended(id);
  }

  #engineOf(id: string): JobEngine {
    return [...this.#engines.values()].find((engine) => engine.find(id)) ?? noJob(id);
  }

  #startNext(): void {
    for (;;) {
      const running = this.#items((engine) => engine.running());
      const next = nextJob(
        this.#items((engine) => engine.queued()),
        running,
        this.#limits,
      );
      if (!next) return;
      next.engine.start(next.job);
    }
  }

  #items(of: (engine: JobEngine) => JobRecord[]): (QueueItem & { engine: JobEngine; job: JobRecord })[] {
    return [...this.#engines.values()].flatMap((engine) =>
      of(engine).map((job) => ({
        engine,
        job,
        id: job.id,
        library: engine.library.id,
        kind: job.kind,
        created_at: job.created_at,
        exclusive: this.#exclusive(job),
      })),
    );
  }

  #exclusive(job: JobRecord): string | undefined {
    const kind = this.#kinds.get(job.kind);
    const input = kind?.input.safeParse(job.input);
    return input?.success ? kind?.exclusive?.(input.data) : undefined;
  }
}
