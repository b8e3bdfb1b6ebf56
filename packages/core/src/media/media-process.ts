import { SdError, fromPlainError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { MediaOutcome, MediaRequest } from '../ports/media.ts';
import type { Worker } from '../ports/workers.ts';
import { believedOutcome } from './believed-outcome.ts';
import type { MediaAnswer, MediaTask } from './media-protocol.ts';

/** A file ended the process that read it, or kept it too long; `message` is why, for people. */
export class FileKilledProcess extends Error {
  /** It may be the machine's doing, not the file's: it was busy, its disk was slow, or its memory ran out. */
  readonly doubtful: boolean;

  constructor(message: string, doubtful = false) {
    super(message);
    this.doubtful = doubtful;
  }
}

/** Given to a process beyond what its readers allow themselves: most end by their own means, and say more. */
const GRACE_SECONDS = 2;
/** For what needs no file: a process that has only just been started may be the last to get its turn. */
const START_SECONDS = 30;
/** A process that computed for less than this share of its time has waited for most of it: for its turn, or for a disk. */
const BUSY_SHARE = 0.5;

interface Waiting {
  readonly resolve: (answer: MediaAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One isolated process as the main thread sees it. It does one thing at a time. */
export class MediaProcess {
  readonly #worker: Worker;
  readonly #clock: Clock;
  #waiting: Waiting | undefined;
  #ended = false;

  constructor(worker: Worker, clock: Clock) {
    this.#worker = worker;
    this.#clock = clock;
    worker.onMessage((message) => this.#settle()?.resolve(message as MediaAnswer));
    worker.onExit((error) => this.#exited(error));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Throws `FileKilledProcess`, and what the system says of a file that cannot be opened. */
  async read(request: MediaRequest): Promise<MediaOutcome> {
    const answer = await this.#ask({ type: 'read', request }, request.limits.seconds + GRACE_SECONDS);
    const outcome = answer.type === 'read' ? believedOutcome(answer.outcome, request.limits) : undefined;
    if (outcome) return outcome;
    // What a file has taken over must not read the next one.
    this.#end('it answered what no reader does');
    await this.#worker.terminate();
    throw new FileKilledProcess('its reader was ended: it answered what no reader does');
  }

  /** Throws `UNAVAILABLE` where there is no answer: no file is to blame. */
  async tools(): Promise<readonly string[]> {
    try {
      const answer = await this.#ask({ type: 'tools' }, START_SECONDS);
      return answer.type === 'tools' ? answer.tools : [];
    } catch (error) {
      if (!(error instanceof FileKilledProcess)) throw error;
      throw new SdError('UNAVAILABLE', 'the process that looks into files does not answer', {}, error);
    }
  }

  /** What it works on is given up. */
  async terminate(): Promise<void> {
    this.#ended = true;
    this.#settle()?.reject(new SdError('CANCELLED', 'it is not needed any more'));
    await this.#worker.terminate();
  }

  async #ask(task: MediaTask, seconds: number): Promise<MediaAnswer> {
    const answered = new Promise<MediaAnswer>((resolve, reject) => (this.#waiting = { resolve, reject }));
    const usedBefore = this.#worker.cpuSeconds?.();
    this.#worker.post(task);
    const cancel = this.#clock.after(seconds * 1000, () => {
      this.#end(`it took longer than ${seconds} seconds`, this.#waited(usedBefore, seconds));
      void this.#worker.terminate();
    });
    try {
      const answer = await answered;
      if (answer.type === 'failed') throw fromPlainError(answer.error);
      return answer;
    } finally {
      cancel();
    }
  }

  /** Whether it did little but wait since it had used so much processor time; where nobody can tell, it did not. */
  #waited(usedBefore: number | undefined, seconds: number): boolean {
    const used = this.#worker.cpuSeconds?.();
    return used !== undefined && usedBefore !== undefined && used - usedBefore < seconds * BUSY_SHARE;
  }
  #exited(error: Error | undefined): void {
    // That the system has no process to give is no fault of the file.
    if (error instanceof SdError && error.code === 'IO') {
      this.#ended = true;
      this.#settle()?.reject(error);
    } else this.#end(error?.message ?? 'its reader ended', error instanceof SdError && error.code === 'UNAVAILABLE');
  }
  #settle(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
  #end(why: string, doubtful = false): void {
    this.#ended = true;
    this.#settle()?.reject(new FileKilledProcess(`its reader was ended: ${why}`, doubtful));
  }
}
