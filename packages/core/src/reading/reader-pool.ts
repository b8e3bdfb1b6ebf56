import type { Device } from '../domain/device.ts';
import { SdError } from '../errors.ts';
import type { Library, LibraryRead } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Workers } from '../ports/workers.ts';
import { RawJson } from '../raw-json.ts';
import { ReaderThread } from './reader-thread.ts';

/** Two threads, so that one long query never keeps a short one waiting. */
const MOST_THREADS = 2;
/** A thread that had nothing to do for this long gives its memory back. */
const IDLE_MS = 15_000;

/** A page of a thousand entries fits, views, text and all, without a collection in the middle. */
const READER_YOUNG_MIB = 12;

interface Waiting {
  readonly run: (thread: ReaderThread) => void;
}

export interface ReaderPoolParts {
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  readonly device: Device;
  /** How the locations of a library are watched, see `LibraryRead`. */
  watches?(library: string): LibraryRead['watches'];
}

/** Runs reader queries in threads of their own; threads start when first needed and end when idle. */
export class ReaderPool {
  readonly #workers: Workers;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #device: Device;
  readonly #watches: ReaderPoolParts['watches'];
  readonly #threads = new Set<ReaderThread>();
  readonly #idle = new Map<ReaderThread, () => void>();
  readonly #queue: Waiting[] = [];

  constructor(parts: ReaderPoolParts) {
    this.#watches = parts.watches;
    this.#workers = parts.workers;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#device = parts.device;
  }

  get threads(): number {
    return this.#threads.size;
  }

  async run(query: string, input: unknown, library: Library | undefined, signal: AbortSignal): Promise<RawJson> {
    signal.throwIfAborted();
    const thread = await this.#take(signal);
    try {
      return new RawJson(await thread.query(query, input, library && this.#read(library), signal));
    } finally {
      this.#giveBack(thread);
    }
  }

  #read(library: Library) {
    const watches = this.#watches?.(library.id);
    return { ...library.access, name: library.name, ...(watches ? { watches } : {}) };
  }

  /** Lets go of a library's files, so that the folder can be moved. */
  async closeLibrary(id: string): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.closeLibrary(id)));
  }

  async stop(): Promise<void> {
    for (const cancel of this.#idle.values()) cancel();
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
    this.#threads.clear();
    this.#idle.clear();
  }

  #take(signal: AbortSignal): Promise<ReaderThread> {
    for (const [thread, cancelTimer] of this.#idle) {
      cancelTimer();
      this.#idle.delete(thread);
      return Promise.resolve(thread);
    }
    if (this.#threads.size < MOST_THREADS) return Promise.resolve(this.#spawn());
    return new Promise((resolve, reject) => {
      const waiting = { run: resolve };
      this.#queue.push(waiting);
      signal.addEventListener(
        'abort',
        () => {
          const at = this.#queue.indexOf(waiting);
          if (at < 0) return;
          this.#queue.splice(at, 1);
          reject(new SdError('CANCELLED', 'cancelled on request'));
        },
        { once: true },
      );
    });
  }

  #spawn(): ReaderThread {
    const thread = new ReaderThread(
      this.#workers.spawn('reader', { youngHeapMiB: READER_YOUNG_MIB }),
      this.#device,
      this.#clock,
      (error) => {
        this.#threads.delete(thread);
        this.#idle.delete(thread);
        this.#log.error('a reader thread ended', { error: error?.message });
      },
    );
    this.#threads.add(thread);
    return thread;
  }

  #giveBack(thread: ReaderThread): void {
    if (thread.ended) {
      this.#threads.delete(thread);
      const waiting = this.#queue.shift();
      if (waiting) waiting.run(this.#spawn());
      return;
    }
    const waiting = this.#queue.shift();
    if (waiting) return waiting.run(thread);
    this.#idle.set(
      thread,
      this.#clock.after(IDLE_MS, () => {
        this.#idle.delete(thread);
        this.#threads.delete(thread);
        void thread.terminate();
      }),
    );
  }
}
