import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import { fromPlainError } from '../errors.ts';
import type { Library } from '../libraries/library.ts';
import type { Worker } from '../ports/workers.ts';
import type { FromWatcher, PassedReport, ToWatcher, Unwatchable, WatcherState } from './protocol.ts';
import type { WatchServiceParts } from './watch-service.ts';

/** A thread that ended is begun anew after this long. */
const RESTART_MS = 5_000;

/** The main thread's side of the thread that watches a library. */
export class LibraryWatcher {
  state: WatcherState = { locations: {}, waiting: 0 };
  /** Why it does not work, while it does not. */
  error: string | undefined;
  readonly library: Library;
  readonly #parts: WatchServiceParts;
  readonly #passed: (report: PassedReport) => void;
  readonly #stop = new AbortController();
  readonly #settling = new Map<number, () => void>();
  #worker: Worker | undefined;
  #starting: Promise<void>;
  #owner = 0;
  #lock: WriteLock;
  #endTurn: (() => void) | undefined;
  #lastNumber = 0;
  #looking = false;
  #stopped: (() => void) | undefined;

  constructor(parts: WatchServiceParts, library: Library, passed: (report: PassedReport) => void) {
    this.#parts = parts;
    this.library = library;
    this.#passed = passed;
    this.#lock = new WriteLock(MAIN_THREAD, library.access.lock);
    this.#starting = this.#start();
  }

  /** Several in a row are one. */
  look(): void {
    if (this.#looking) return;
    this.#looking = true;
    void this.#unwatchable().then((unwatchable) => {
      this.#looking = false;
      this.#post({ type: 'look', unwatchable });
    });
  }

  /** Resolves once what had happened on disk is in the index; at once, or as it ends, where the thread is not there. */
  async settled(): Promise<void> {
    await this.#starting;
    return new Promise((resolve) => {
      if (this.#stop.signal.aborted || !this.#worker) return resolve();
      const number = ++this.#lastNumber;
      this.#settling.set(number, resolve);
      this.#post({ type: 'settle', number });
    });
  }

  rest(): void {
    this.#post({ type: 'rest' });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#starting;
    const worker = this.#worker;
    if (worker) {
      const stopped = new Promise<void>((resolve) => (this.#stopped = resolve));
      worker.post({ type: 'stop' } satisfies ToWatcher);
      await stopped;
      await worker.terminate();
    }
    this.#letGo();
    this.#settleNoMore();
  }

  async #start(): Promise<void> {
    const { workers, clock } = this.#parts;
    const options = { ...this.#parts.options, openedAt: clock.now() };
    const unwatchable = await this.#unwatchable();
    if (this.#stop.signal.aborted) return;
    this.error = undefined;
    const worker = workers.spawn('watcher', { background: true });
    this.#owner = this.#lock.newOwner();
    this.#worker = worker;
    worker.onExit((error) => this.#ended(error));
    worker.onMessage((message) => this.#message(message as FromWatcher));
    this.#post({ type: 'start', library: this.library.access, owner: this.#owner, options, unwatchable });
  }

  #message(said: FromWatcher): void {
    switch (said.type) {
      case 'want-turn':
        return void this.#giveTurn();
      case 'passed':
        this.#endTurn?.();
        this.#endTurn = undefined;
        this.error = said.report.error && fromPlainError(said.report.error).message;
        return this.#passed(said.report);
      case 'watched':
        return void this.#catchUp(said.locations);
      case 'state':
        this.state = said.state;
        return;
      case 'settled':
        this.#settling.get(said.number)?.();
        return void this.#settling.delete(said.number);
      case 'failed':
        this.error = fromPlainError(said.error).message;
        return this.#parts.log.error('the watcher failed', { library: this.library.id, error: this.error });
      case 'stopped':
        return this.#stopped?.();
    }
  }

  async #catchUp(locations: readonly string[]): Promise<void> {
    try {
      if (await this.#parts.catchUp(this.library, locations)) this.#post({ type: 'settle-missing' });
    } catch (error) {
      this.#parts.log.warn('locations could not be caught up with', { locations, error: String(error) });
    }
  }

  async #giveTurn(): Promise<void> {
    const end = await this.#parts.turn(this.library, this.#stop.signal);
    if (!end) return;
    if (this.#stop.signal.aborted || !this.#worker) return end();
    this.#endTurn = end;
    this.#post({ type: 'turn' });
  }

  /** Without it nothing would be known of changes: another thread takes its place. */
  #ended(error: Error | undefined): void {
    this.error = `the thread has ended: ${error?.message ?? 'unasked'}`;
    this.#parts.log.error('the watcher ended', { library: this.library.id, error: String(error) });
    this.#worker = undefined;
    this.#letGo();
    this.#settleNoMore();
    this.#stopped?.();
    if (this.#stop.signal.aborted) return;
    this.#parts.clock.after(RESTART_MS, () => {
      if (!this.#stop.signal.aborted) this.#starting = this.#start();
    });
  }

  /** Whoever waits for what the thread would have said waits no longer. */
  #settleNoMore(): void {
    for (const resolve of this.#settling.values()) resolve();
    this.#settling.clear();
  }

  #letGo(): void {
    this.#lock.releaseFor(this.#owner);
    this.#endTurn?.();
    this.#endTurn = undefined;
  }

  async #unwatchable(): Promise<Unwatchable> {
    try {
      return await this.#parts.unwatchable(this.library);
    } catch (error) {
      this.#parts.log.warn('which locations cannot be watched is not known', { error: String(error) });
      return {};
    }
  }

  #post(message: ToWatcher): void {
    this.#worker?.post(message);
  }
}
