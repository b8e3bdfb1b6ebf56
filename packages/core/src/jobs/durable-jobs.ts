import { z } from 'zod';
import { SdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';
import type { Random } from '../ports/random.ts';
import type { Sqlite } from '../ports/sqlite.ts';
import { JobEngine, noJob } from './engine.ts';
import {
  type EndedState,
  type JobFilter,
  type JobInfo,
  type JobLogLine,
  type JobManager,
  type JobRequest,
  isEnd,
} from './job-manager.ts';
import type { JobKind } from './kind.ts';
import { type QueueItem, type QueueLimits, type RunningItem, givesWay, nextJob } from './queue.ts';
import type { JobRecord } from './record.ts';
import { openJobStore } from './store.ts';

/** A full disk has room again when this much is free, or a tenth of a small one. */
const ROOM_BYTES = 64 * 2 ** 20;

export interface DurableJobsParts {
  readonly kinds: readonly JobKind[];
  readonly sqlite: Sqlite;
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly events: EventBus;
  readonly newId: () => string;
  /** How many may run at once now, over all libraries: each has threads of its own, and they share the same disks. */
  readonly atOnce: () => number;
}

interface Placed {
  readonly engine: JobEngine;
  readonly job: JobRecord;
}

/** The jobs of all open libraries: one engine each, one limit over them all. */
export class DurableJobs implements JobManager {
  readonly #parts: DurableJobsParts;
  readonly #kinds: ReadonlyMap<string, JobKind>;
  readonly #engines = new Map<string, JobEngine>();
  readonly #exclusive = new WeakMap<JobRecord, { readonly key: string | undefined }>();

  constructor(parts: DurableJobsParts) {
    this.#parts = parts;
    this.#kinds = new Map(parts.kinds.map((kind) => [kind.name, kind]));
  }

  /**
   * Takes up the jobs of a library that was opened: what was interrupted queues again and goes on. Throws
   * `NEWER_FORMAT`, and what the disk says.
   */
  attach(library: Library): void {
    const { sqlite, files, clock, random, log, events, newId } = this.#parts;
    const store = openJobStore({ sqlite, files, log, now: () => clock.now() }, library.folder, library.access.key);
    const engine = new JobEngine({
      library,
      store,
      kinds: this.#kinds,
      clock,
      log: log.child({ library: library.id }),
      events,
      newId,
      random: () => (random.bytes(1)[0] ?? 0) / 255,
      hasRoom: () => {
        const { free, total } = files.space(library.folder);
        return free >= Math.min(ROOM_BYTES, total / 10);
      },
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

  /** What jobs may take has changed: those that run come to a checkpoint and go on with what they may take now. */
  limitsChanged(): void {
    for (const { engine, job } of this.#running())
      engine.giveWay(job, 'begins again from its checkpoint, as the performance setting has it now');
    this.#startNext();
  }

  list(filter: JobFilter = {}): JobInfo[] {
    const { library, states, kind } = filter;
    const engines = this.#of(library);
    const jobs = engines
      .flatMap((engine) => engine.list(states?.some(isEnd) ?? true))
      .filter((job) => (!states || states.includes(job.state)) && (kind === undefined || job.kind === kind));
    // Each engine lists oldest first, also where the clock was set back meanwhile.
    return engines.length === 1 ? jobs.reverse() : jobs.reverse().sort((a, b) => b.created_at - a.created_at);
  }

  info(id: string): JobInfo {
    return this.#engineOf(id).find(id) ?? noJob(id);
  }
  log(id: string, range: { after?: number; limit: number }): JobLogLine[] {
    return this.#engineOf(id).log(id, range);
  }

  // The methods below are async so that what they throw is a rejection, whoever calls.
  async enqueue(request: JobRequest): Promise<JobInfo> {
    const engine = this.#engines.get(request.library);
    if (!engine) throw new SdError('LIBRARY_CLOSED', 'its library is not open, so no job of it can run');
    const kind = this.#kinds.get(request.kind);
    if (!kind)
      throw new SdError('NOT_FOUND', `there is no job kind ${request.kind}`, { kinds: [...this.#kinds.keys()] });
    const input = kind.input.safeParse(request.input);
    if (!input.success)
      throw new SdError('INVALID_INPUT', `the job ${kind.name} does not take this: ${z.prettifyError(input.error)}`);
    return engine.enqueue({
      kind,
      subject: request.subject,
      input: input.data as JobRecord['input'],
      priority: request.priority ?? kind.priority ?? 'normal',
      after: request.after ?? [],
    });
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
  async retry(id: string): Promise<JobInfo> {
    return this.#engineOf(id).retry(id);
  }
  async clearHistory(filter: { library?: string; states?: readonly EndedState[] }): Promise<string[]> {
    return this.#of(filter.library).flatMap((engine) => engine.clearHistory(filter.states));
  }
  async ended(id: string): Promise<JobInfo> {
    return this.#engineOf(id).ended(id);
  }

  #engineOf(id: string): JobEngine {
    return [...this.#engines.values()].find((engine) => engine.find(id)) ?? noJob(id);
  }
  #of(library: string | undefined): JobEngine[] {
    return [...this.#engines.values()].filter((engine) => library === undefined || engine.library.id === library);
  }

  #startNext(): void {
    for (let next = this.#next(); next; next = this.#next()) next.engine.start(next.job);
    for (let inTheWay = this.#inTheWay(); inTheWay; inTheWay = this.#inTheWay())
      inTheWay.engine.giveWay(inTheWay.job, 'gives way, and goes on from its checkpoint when it is its turn again');
  }

  #next(): Placed | undefined {
    return nextJob(this.#ready(), this.#running(), this.#limits());
  }
  #inTheWay(): Placed | undefined {
    return givesWay(this.#ready(), this.#running(), this.#limits());
  }

  #limits(): QueueLimits {
    const total = this.#parts.atOnce();
    return { total, ofKind: (kind) => Math.min(total, this.#kinds.get(kind)?.atOnce ?? total) };
  }
  #ready(): (QueueItem & Placed)[] {
    return [...this.#engines.values()].flatMap((engine) => engine.ready().map((job) => this.#item(engine, job)));
  }
  #running(): (RunningItem & Placed)[] {
    return [...this.#engines.values()].flatMap((engine) =>
      engine.running().map((job) => ({ ...this.#item(engine, job), stopping: engine.isStopping(job) })),
    );
  }

  #item(engine: JobEngine, job: JobRecord): QueueItem & Placed {
    const { id, kind, priority, created_at } = job;
    const { key: exclusive } = this.#exclusive.get(job) ?? this.#exclusiveKey(job);
    return { engine, job, id, kind, priority, created_at, library: engine.library.id, exclusive };
  }

  /** Looked up once per job: the queue is gone through at each change of any. */
  #exclusiveKey(job: JobRecord): { readonly key: string | undefined } {
    const kind = this.#kinds.get(job.kind);
    const input = kind?.input.safeParse(job.input);
    const found = { key: input?.success ? kind?.exclusive?.(input.data) : undefined };
    this.#exclusive.set(job, found);
    return found;
  }
}
