import type { PlainError } from '../errors.ts';
import type { CoreEvent } from '../events.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Sqlite } from '../ports/sqlite.ts';
import type { Worker, Workers } from '../ports/workers.ts';
import type { BuilderReport, BuilderRequest, IndexedLibrary } from './building/protocol.ts';

/** Commits come in bursts; one look serves all of a burst. */
const GATHER_MS = 200;
/** A thread that had nothing to do for this long gives its memory back. */
const IDLE_MS = 5_000;
const RETRY_MS = 30_000;

/** The state of one library's index, as `core.status` shows it. */
export interface TextIndexStatus {
  readonly library: string;
  readonly state: 'idle' | 'building' | 'failed';
  /** Names in the index, and names there are, as last reported while it builds. */
  readonly done?: number;
  readonly total?: number;
  readonly error?: string;
}

export interface TextIndexServiceParts {
  readonly sqlite: Sqlite;
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  publish(event: CoreEvent): void;
}

interface IndexerParts {
  readonly id: string;
  readonly start: IndexedLibrary;
  readonly safeBound: () => number;
  /** Everything below is in the index already. */
  readonly builtTo: number;
  /** Whether there is something to put in: entries from `from` on below `below`, or renamed ones. */
  readonly hasWork: (from: number, below: number) => boolean;
  /** Frees the write lock if the thread ended while it held it. */
  readonly releaseLock: () => void;
}

/** The index of one library: when to build, and the thread that does. */
export class LibraryIndexer {
  readonly #service: TextIndexServiceParts;
  readonly #parts: IndexerParts;
  readonly #waiting: (() => void)[] = [];
  #worker: Worker | undefined;
  #stop = new Int32Array(new SharedArrayBuffer(4));
  /** The bound of the build in progress. */
  #building: number | undefined;
  /** Everything below is in the index; 0 before it was looked at, which is work by itself. */
  #builtTo: number;
  #cancelTimer: (() => void) | undefined;
  #closed: (() => void) | undefined;
  /** The end of a thread that is on its way out: the next one waits for it, as both write the same file. */
  #ending: Promise<void> | undefined;
  #stopped = false;
  #status: TextIndexStatus;

  constructor(service: TextIndexServiceParts, parts: IndexerParts) {
    this.#service = service;
    this.#parts = parts;
    this.#builtTo = parts.builtTo;
    this.#status = { library: parts.id, state: 'idle' };
  }

  get status(): TextIndexStatus {
    return this.#status;
  }

  /** Builds soon, if there is something to build. */
  nudge(): void {
    if (this.#stopped || this.#building !== undefined || !this.#hasWork()) return;
    this.#after(GATHER_MS, () => this.#build());
  }

  /** Resolves when there is nothing left to build; rejects nothing: a failure shows in the status. */
  settled(): Promise<void> {
    if (this.#stopped || (this.#building === undefined && !this.#hasWork())) return Promise.resolve();
    const settled = new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#building === undefined) this.#build();
    return settled;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await (this.#ending ?? this.#endThread());
    this.#settle();
  }

  #hasWork(): boolean {
    return this.#builtTo === 0 || this.#parts.hasWork(this.#builtTo, this.#parts.safeBound());
  }

  #build(): void {
    this.#cancelTimer?.();
    if (this.#ending) return void this.#ending.then(() => this.#build());
    if (this.#stopped || this.#building !== undefined) return;
    const bound = this.#parts.safeBound();
    this.#building = bound;
    this.#worker ??= this.#spawn();
    this.#post({ type: 'build', bound });
  }

  #spawn(): Worker {
    const worker = this.#service.workers.spawn('text-index', { background: true });
    worker.onMessage((message) => this.#reported(message as BuilderReport));
    worker.onExit((error) => this.#exited(error));
    this.#stop = new Int32Array(new SharedArrayBuffer(4));
    worker.post({ type: 'start', library: this.#parts.start, stop: this.#stop.buffer } satisfies BuilderRequest);
    return worker;
  }

  #reported(report: BuilderReport): void {
    if (report.type === 'closed') this.#closed?.();
    else if (report.type === 'renewed')
      this.#service.log.info('the text index is built anew', { library: this.#parts.id, why: report.why });
    else if (report.type === 'progress') this.#progressed(report);
    else if (report.type === 'built') this.#built(report.complete);
    else this.#failed(report.error);
  }

  #progressed({ meta, total }: Extract<BuilderReport, { type: 'progress' }>): void {
    this.#status = { library: this.#parts.id, state: 'building', done: Math.min(meta.docs, total), total };
    this.#publish('progress');
  }

  #built(complete: boolean): void {
    if (complete) this.#builtTo = this.#building ?? this.#builtTo;
    this.#building = undefined;
    if (this.#stopped) return;
    if (this.#hasWork()) return this.#after(GATHER_MS, () => this.#build());
    this.#status = { library: this.#parts.id, state: 'idle' };
    this.#publish('updated');
    this.#settle();
    this.#after(IDLE_MS, () => {
      this.#ending = this.#endThread().finally(() => (this.#ending = undefined));
    });
  }

  #failed(error: PlainError): void {
    this.#building = undefined;
    this.#service.log.error('the text index could not be built', {
      library: this.#parts.id,
      code: error.code,
      error: error.message,
      stack: error.stack,
    });
    this.#status = { library: this.#parts.id, state: 'failed', error: error.message };
    this.#publish('updated');
    this.#settle();
    if (!this.#stopped) this.#after(RETRY_MS, () => this.#build());
  }

  #exited(error: Error | undefined): void {
    this.#worker = undefined;
    this.#parts.releaseLock();
    this.#closed?.();
    if (this.#building !== undefined)
      this.#failed({ code: 'INTERNAL', message: error?.message ?? 'its thread ended', data: {} });
  }

  /** Asks the thread to end after the commit in progress, and waits until it has let go of the files. */
  async #endThread(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    Atomics.store(this.#stop, 0, 1);
    const closed = new Promise<void>((resolve) => (this.#closed = resolve));
    this.#post({ type: 'close' });
    await closed;
    this.#closed = undefined;
    this.#worker = undefined;
    await worker.terminate();
  }

  #post(request: BuilderRequest): void {
    this.#worker?.post(request);
  }

  #after(milliseconds: number, call: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#service.clock.after(milliseconds, call);
  }

  #publish(change: 'progress' | 'updated'): void {
    const { library, ...status } = this.#status;
    this.#service.publish({ resource: 'service', change, library, data: { service: 'text_index', ...status } });
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
