import { ensureSidecarKey, sidecarKey } from '../db/library/sidecar-key.ts';
import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import { MAKERS } from '../domain/sidecar.ts';
import { SdError, asSdError, fromPlainError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Worker, Workers } from '../ports/workers.ts';
import type {
  FileToRead,
  MakingAnswer,
  MakingProgress,
  MakingRequest,
  MakingScope,
  MakingState,
  ReadFile,
  SweepBegin,
  SweepResult,
} from './making-protocol.ts';
import type { MediaPool } from './media-pool.ts';
import { SecondTries } from './second-tries.ts';

/** How long a thread may take to stop before it is ended: less than a closing library waits. */
const STOP_GRACE_MS = 3_000;

/** Texts on their way to their index while further files are read. */
const MOST_PUTTING = 16;

interface Flow {
  putting: number;
}

/** Where texts go: an index of their own. */
export interface TextsPort {
  put(
    library: string,
    texts: readonly { content: number; hash: Uint8Array; maker: number; text: string }[],
  ): Promise<void>;
  remove(library: string, contents: readonly number[]): Promise<number>;
}

export interface SidecarsParts {
  readonly workers: Workers;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventBus;
  readonly pool: Pick<MediaPool, 'read' | 'tools'>;
  readonly texts: TextsPort;
}

/** The making of sidecars from `state` on. */
export interface MakingTask {
  readonly library: Library;
  readonly scope: MakingScope;
  readonly state: MakingState;
  readonly signal: AbortSignal;
  /** All that this state counts is in the library. */
  onSaved(state: MakingState): void;
  onProgress(progress: MakingProgress): void;
  /** A text is about to go into the index. */
  onText(): void;
  /** A file that gave nothing, or not all; its path is for people. */
  onProblem(path: string, reason: string): void;
}

/** Makes and sweeps sidecars, each in a thread of its own; one piece of work per library at a time is for the caller to see to. */
export class Sidecars {
  readonly #parts: SidecarsParts;
  readonly #secondTries = new SecondTries();

  constructor(parts: SidecarsParts) {
    this.#parts = parts;
  }

  /** `finished` is false where `signal` aborted first. */
  async make(task: MakingTask): Promise<{ readonly state: MakingState; readonly finished: boolean }> {
    const { library, scope, state, signal } = task;
    const { pool, workers } = this.#parts;
    const tools = await pool.tools(signal);
    const begin = { type: 'begin', scope, state, tools, atOnce: workers.threads() } as const;
    const flow: Flow = { putting: 0 };
    return this.#inThread(library, signal, begin, (answer, worker, end) => {
      if (answer.type === 'file') void this.#read(answer.file, task, flow, worker);
      else if (answer.type === 'progress') task.onProgress(answer.progress);
      else if (answer.type === 'problem') task.onProblem(answer.path, answer.reason);
      else if (answer.type === 'saved') {
        this.#changed(library, answer.contents);
        task.onSaved(answer.state);
      } else if (answer.type === 'end') end({ state: answer.state, finished: answer.finished });
    });
  }

  async sweep(library: Library, signal: AbortSignal): Promise<{ result: SweepResult; finished: boolean }> {
    return this.#inThread(library, signal, { type: 'sweep' }, (answer, _send, end) => {
      if (answer.type !== 'swept') return;
      this.#changed(library, answer.contents);
      end({ result: answer.result, finished: answer.finished });
    });
  }

  /** What came of the file; its text goes where texts go before the library says that it is made. */
  async #read(
    { content, hash, request, hadText }: FileToRead,
    task: MakingTask,
    flow: Flow,
    send: (request: MakingRequest) => void,
  ): Promise<void> {
    const { pool, texts, workers } = this.#parts;
    const atOnce = (): number => workers.threads() + Math.min(flow.putting, MOST_PUTTING);
    const file = await pool
      .read(request, task.signal)
      .then(async (result): Promise<ReadFile> => {
        if (result.type === 'killed') return this.#secondTries.judge(hash, result);
        this.#secondTries.forget(hash);
        const { text, ...outcome } = result.outcome;
        if (!request.wants.includes('text')) return { type: 'read', outcome };
        if (text === undefined || text === '') {
          if (hadText) await texts.remove(task.library.id, [content]);
          return { type: 'read', outcome };
        }
        flow.putting++;
        // The process that read it is free for the next.
        send({ type: 'more', atOnce: atOnce() });
        task.onText();
        await texts.put(task.library.id, [{ content, hash, maker: MAKERS.text, text }]).finally(() => flow.putting--);
        return { type: 'read', outcome, textBytes: text.length };
      })
      .catch(refusal);
    send({ type: 'file', content, file, atOnce: atOnce() });
  }

  #changed(library: Library, contents: readonly string[]): void {
    if (contents.length === 0) return;
    this.#parts.events.publish({ resource: 'sidecar', change: 'updated', library: library.id, ids: contents });
  }

  async #inThread<T>(
    library: Library,
    signal: AbortSignal,
    begin: (Omit<Extract<MakingRequest, { type: 'begin' }>, keyof SweepBegin> & { type: 'begin' }) | { type: 'sweep' },
    on: (answer: MakingAnswer, send: (request: MakingRequest) => void, end: (result: T) => void) => void,
  ): Promise<T> {
    const { workers, clock } = this.#parts;
    const key = await this.#key(library);
    const lock = new WriteLock(MAIN_THREAD, library.access.lock);
    const owner = lock.newOwner();
    const stop = new SharedArrayBuffer(4);
    const worker = workers.spawn('sidecars', { background: true });
    const send = (request: MakingRequest): void => worker.post(request);
    let cancelGrace = (): void => {};
    try {
      return await new Promise<T>((resolve, reject) => {
        listen(worker, (answer) => on(answer, send, resolve), reject);
        const abort = (): void => {
          Atomics.store(new Int32Array(stop), 0, 1);
          send({ type: 'stop' });
          cancelGrace = clock.after(STOP_GRACE_MS, () =>
            reject(new SdError('CANCELLED', 'it did not stop in time; it goes on from its last checkpoint')),
          );
        };
        send({ ...begin, library: library.access, folder: library.folder, sidecarKey: key, owner, stop });
        signal.addEventListener('abort', abort, { once: true });
        if (signal.aborted) abort();
      });
    } finally {
      cancelGrace();
      await worker.terminate();
      lock.releaseFor(owner);
    }
  }

  async #key(library: Library): Promise<Uint8Array> {
    return sidecarKey(library.db) ?? library.write((tx) => ensureSidecarKey(tx, this.#parts.random.bytes(32)));
  }
}

/** A file that must not be read is marked, so that nobody tries again until somebody asks for it. */
function refusal(error: unknown): ReadFile {
  const { code, message } = asSdError(error);
  if (code === 'NOT_READABLE' || code === 'TOO_LARGE') return { type: 'killed', reason: message };
  return { type: 'refused', reason: message, changed: code === 'NOT_FOUND' || code === 'NOT_A_FOLDER' };
}

function listen(worker: Worker, on: (answer: MakingAnswer) => void, reject: (error: unknown) => void): void {
  worker.onExit((error) => reject(new SdError('INTERNAL', 'the thread of sidecars has ended', {}, error)));
  worker.onMessage((message) => {
    const answer = message as MakingAnswer;
    try {
      if (answer.type === 'failed') reject(fromPlainError(answer.error));
      else on(answer);
    } catch (error) {
      // A listener that fails (a checkpoint that finds no room, say) ends the work; the thread is ended with it.
      reject(error);
    }
  });
}
