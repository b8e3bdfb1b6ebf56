import { SdError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { MediaOutcome, MediaRequest } from '../ports/media.ts';
import type { Workers } from '../ports/workers.ts';
import { PROCESS_MEMORY_MIB } from './limits.ts';
import { FileKilledProcess, MediaProcess } from './media-process.ts';

/** A process that had nothing to do for this long gives its memory back. */
const IDLE_MS = 5_000;
/** A program that is installed meanwhile is found by a look after this long. */
const TOOLS_KNOWN_MS = 10 * 60_000;

/** What was read, or why the file ended the process that read it; `doubtful`: if it was the file. */
export type ReadResult =
  | { readonly type: 'read'; readonly outcome: MediaOutcome }
  | { readonly type: 'killed'; readonly reason: string; readonly doubtful: boolean };

export interface MediaPoolParts {
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  /** What one process may take. */
  readonly memoryMiB?: number;
}

/** Isolated processes that look into files: as many at once as are asked to, replaced where a file ends one. */
export class MediaPool {
  readonly #parts: MediaPoolParts;
  readonly #busy = new Set<MediaProcess>();
  readonly #idle = new Map<MediaProcess, () => void>();
  #tools: { readonly known: readonly string[]; readonly until: number } | undefined;
  #stopped = false;

  constructor(parts: MediaPoolParts) {
    this.#parts = parts;
  }

  /** The processes there are. */
  get processes(): number {
    return this.#busy.size + this.#idle.size;
  }

  /** Once `signal` aborts, the process is ended in the middle of the file. Throws then, and where the file cannot be opened. */
  read(request: MediaRequest, signal: AbortSignal): Promise<ReadResult> {
    return this.#with(signal, async (process) => {
      try {
        return { type: 'read', outcome: await process.read(request) };
      } catch (error) {
        if (!(error instanceof FileKilledProcess)) throw error;
        this.#parts.log.warn('a file ended the process that read it', { file: request.path, why: error.message });
        return { type: 'killed', reason: error.message, doubtful: error.doubtful };
      }
    });
  }

  /** Programs of the system that help. */
  async tools(signal: AbortSignal): Promise<readonly string[]> {
    const now = this.#parts.clock.monotonic();
    if (this.#tools && this.#tools.until > now) return this.#tools.known;
    const known = await this.#with(signal, (process) => process.tools());
    this.#tools = { known, until: now + TOOLS_KNOWN_MS };
    return known;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const all = [...this.#busy, ...this.#idle.keys()];
    for (const cancel of this.#idle.values()) cancel();
    this.#idle.clear();
    await Promise.all(all.map((process) => process.terminate()));
  }

  async #with<T>(signal: AbortSignal, work: (process: MediaProcess) => Promise<T>): Promise<T> {
    if (signal.aborted || this.#stopped) throw new SdError('CANCELLED', 'it is not needed any more');
    const process = this.#take();
    const abort = (): void => void process.terminate();
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await work(process);
    } finally {
      signal.removeEventListener('abort', abort);
      this.#giveBack(process);
    }
  }

  #take(): MediaProcess {
    const process = this.#idleOne() ?? this.#spawn();
    this.#busy.add(process);
    return process;
  }

  #idleOne(): MediaProcess | undefined {
    for (const [process, cancel] of this.#idle) {
      cancel();
      this.#idle.delete(process);
      if (!process.ended) return process;
    }
    return undefined;
  }

  #spawn(): MediaProcess {
    const worker = this.#parts.workers.spawn('media', {
      background: true,
      isolated: { memoryMiB: this.#parts.memoryMiB ?? PROCESS_MEMORY_MIB },
    });
    return new MediaProcess(worker, this.#parts.clock);
  }

  #giveBack(process: MediaProcess): void {
    this.#busy.delete(process);
    if (process.ended) return;
    if (this.#stopped) return void process.terminate();
    this.#idle.set(
      process,
      this.#parts.clock.after(IDLE_MS, () => {
        this.#idle.delete(process);
        void process.terminate();
      }),
    );
  }
}
