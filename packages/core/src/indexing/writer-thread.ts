import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import type { Library } from '../libraries/library.ts';
import type { Workers } from '../ports/workers.ts';
import { Thread } from './thread.ts';
import type { WalkControl } from './walk-control.ts';
import type { FromWriter, ToWriter } from './writer-protocol.ts';

/** The parts of an open library that its index is changed with. */
export type ScannedLibrary = Pick<Library, 'access' | 'entryIds'>;

const WRITER_HEAP_MIB = 256;

export interface WriterThreadParts {
  readonly workers: Workers;
  readonly library: ScannedLibrary;
  readonly control: WalkControl;
  readonly signal: AbortSignal;
  readonly start: Omit<Extract<ToWriter, { type: 'start' }>, 'type' | 'library' | 'owner' | 'control'>;
  /** What whoever waits gets once it is told to stop. */
  stopped(): Error;
  /** Gets what it says besides its answers. */
  heard?(said: FromWriter): void;
}

/** The main thread's side of the thread that writes the index. */
export class WriterThread {
  /** Rejects once it is told to stop: the writer leaves off between two writes and does not answer. */
  readonly #stopped: Promise<never>;
  /** Rejects when nothing more is to be waited for: it was told to stop, or the writer has failed. */
  readonly ended: Promise<never>;
  readonly #thread: Thread<ToWriter, FromWriter>;
  readonly #lock: WriteLock;
  readonly #owner: number;
  readonly #control: WalkControl;
  #closed: Promise<{ files: number; bytes: number }> | undefined;

  constructor({ workers, library, control, signal, start, stopped, heard }: WriterThreadParts) {
    this.#control = control;
    this.#stopped = new Promise((_resolve, reject) => {
      const leave = (): void => {
        control.stop();
        reject(stopped());
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
    this.#lock = new WriteLock(MAIN_THREAD, library.access.lock);
    this.#owner = this.#lock.newOwner();
    this.#thread = new Thread(workers.spawn('index-writer', { background: true, heapMiB: WRITER_HEAP_MIB }), heard);
    this.post({ type: 'start', library: library.access, owner: this.#owner, control: control.memory, ...start });
    this.ended = Promise.race([this.#stopped, this.#thread.failure]);
    this.ended.catch(() => {});
  }

  post(message: ToWriter): void {
    this.#thread.post(message);
  }

  async ask<T extends FromWriter['type']>(message: ToWriter, answer: T): Promise<Extract<FromWriter, { type: T }>> {
    return Promise.race([
      this.#thread.ask(message, (said): said is Extract<FromWriter, { type: T }> => said.type === answer),
      this.#stopped,
    ]);
  }

  /** Stores what was found out, and ends. Answers what it stored; whoever waits for anything waits no longer. */
  close(): Promise<{ files: number; bytes: number }> {
    return (this.#closed ??= this.#close());
  }
  async #close(): Promise<{ files: number; bytes: number }> {
    this.#control.stop();
    let stored = { files: 0, bytes: 0 };
    try {
      const closed: FromWriter = { type: 'closed', files: 0, bytes: 0 };
      stored = await this.#thread.ask({ type: 'close' }, (said): said is typeof closed => said.type === 'closed');
    } catch {
      // It failed, and what it failed with was thrown to whoever asked.
    }
    await this.#thread.terminate();
    this.#lock.releaseFor(this.#owner);
    return stored;
  }
}
