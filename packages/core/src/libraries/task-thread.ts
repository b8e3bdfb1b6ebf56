import { WriteLock } from '../db/write-lock.ts';
import type { AuditNote } from '../db/write.ts';
import { SdError, fromPlainError } from '../errors.ts';
import type { CoreEvent } from '../events.ts';
import type { Clock } from '../ports/clock.ts';
import type { Worker, Workers } from '../ports/workers.ts';
import type { LibraryAccess } from './library.ts';
import type { TaskAnswer, TaskRequest } from './task-protocol.ts';

/** People who tag go on tagging: the next one finds the thread there. */
const IDLE_MS = 60_000;

interface Answered {
  readonly result: unknown;
  readonly events: readonly CoreEvent[];
}
interface Pending {
  readonly resolve: (answered: Answered) => void;
  readonly reject: (error: unknown) => void;
}
interface LockNumber {
  readonly lock: WriteLock;
  readonly owner: number;
}

/** Runs writes that would keep the main thread too long, all libraries' in one thread that ends when idle. */
export class TaskThread {
  readonly #workers: Workers;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #pending = new Map<number, Pending>();
  /** The thread's number at each library's lock, for as long as it has the library open. */
  readonly #numbers = new Map<string, LockNumber>();
  #worker: Worker | undefined;
  #cancelIdle = (): void => {};
  #lastId = 0;

  constructor(workers: Workers, clock: Pick<Clock, 'after'>) {
    this.#workers = workers;
    this.#clock = clock;
  }

  run(library: LibraryAccess, task: string, input: unknown, note: AuditNote | undefined): Promise<Answered> {
    const { owner } = this.#numberOf(library);
    return this.#ask((id) => ({ type: 'run', id, library, owner, task, input, note }));
  }

  /** Lets go of the library's file, once what it does for it is done. */
  async closeLibrary(library: string): Promise<void> {
    if (!this.#numbers.delete(library) || !this.#worker) return;
    await this.#ask((id) => ({ type: 'close', id, library }));
  }

  async stop(): Promise<void> {
    this.#cancelIdle();
    const worker = this.#worker;
    this.#ended(new SdError('SHUTTING_DOWN', 'the daemon is stopping'));
    await worker?.terminate();
  }

  async #ask(request: (id: number) => TaskRequest): Promise<Answered> {
    this.#cancelIdle();
    const worker = (this.#worker ??= this.#spawn());
    const id = ++this.#lastId;
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(id, { resolve, reject });
        worker.post(request(id));
      });
    } finally {
      this.#pending.delete(id);
      if (this.#pending.size === 0 && this.#worker) this.#rest();
    }
  }

  #spawn(): Worker {
    const worker = this.#workers.spawn('library-tasks');
    worker.onMessage((message) => {
      const answer = message as TaskAnswer;
      const pending = this.#pending.get(answer.id);
      if ('error' in answer) pending?.reject(fromPlainError(answer.error));
      else pending?.resolve(answer);
    });
    worker.onExit((error) => this.#ended(new SdError('INTERNAL', 'the thread that did it has ended', {}, error)));
    return worker;
  }

  #rest(): void {
    this.#cancelIdle = this.#clock.after(IDLE_MS, () => {
      const worker = this.#worker;
      this.#ended(new SdError('INTERNAL', 'the thread that did it has ended'));
      void worker?.terminate();
    });
  }

  /** What it had begun is rolled back with its connection; whoever waits for the lock must not wait for ever. */
  #ended(error: SdError): void {
    this.#worker = undefined;
    for (const { lock, owner } of this.#numbers.values()) lock.releaseFor(owner);
    this.#numbers.clear();
    for (const { reject } of this.#pending.values()) reject(error);
  }

  #numberOf({ id, lock: memory }: LibraryAccess): LockNumber {
    const known = this.#numbers.get(id);
    if (known) return known;
    const lock = new WriteLock(0, memory);
    const number = { lock, owner: lock.newOwner() };
    this.#numbers.set(id, number);
    return number;
  }
}
