import { SdError, asSdError } from '../errors.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { pack, unpack } from './codec.ts';
import { type JobContext, type JobKind, JobStopped } from './kind.ts';
import { mostOf, withProblem } from './problems.ts';
import { ProgressMeter } from './progress.ts';
import type { JobRecord } from './record.ts';

/** How a run ended: the job is done, or it came to a stop where it can go on, or it cannot go on. */
export type RunOutcome =
  | { readonly type: 'completed'; readonly result: unknown }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly error: SdError };

export interface RunParts {
  readonly job: JobRecord;
  readonly kind: JobKind;
  readonly library: Library;
  readonly clock: Clock;
  readonly log: Log;
  /** Stores the job; throws where it cannot. */
  save(): void;
  /** Shows the job's progress. */
  show(): void;
}

/** One stretch of a job between its start, or its resumption, and its end or its stop. */
export class JobRun {
  readonly outcome: Promise<RunOutcome>;
  readonly #parts: RunParts;
  readonly #controller = new AbortController();
  readonly #meter: ProgressMeter;
  #abandoned = false;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#meter = new ProgressMeter(parts.clock, parts.job.progress, (progress) => {
      parts.job.progress = progress;
      parts.show();
    });
    this.outcome = this.#run();
  }

  /** Whether it has been asked to stop. */
  get stopping(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Asks it to stop at its next checkpoint. */
  stop(): void {
    this.#controller.abort(new JobStopped());
  }

  /** Cuts it off: nothing it does from here on reaches the job. For what does not stop in time. */
  abandon(): void {
    this.#abandoned = true;
    this.#meter.end();
    this.stop();
  }

  async #run(): Promise<RunOutcome> {
    const { job, kind } = this.#parts;
    try {
      job.problems = job.problemsKept;
      const input = parseInput(kind, job);
      const state = stateOf(kind, job, input);
      await Promise.resolve(); // whoever started it sees it running before its first step
      const result = await kind.run(this.#context(input), state);
      if (!this.#abandoned) job.problemsKept = job.problems;
      return { type: 'completed', result };
    } catch (error) {
      if (!this.#abandoned) job.problems = job.problemsKept;
      return this.#failure(error);
    } finally {
      if (!this.#abandoned) job.progress = this.#meter.end();
    }
  }

  #failure(error: unknown): RunOutcome {
    const stopping = this.#controller.signal.aborted;
    if (error instanceof JobStopped || (stopping && error instanceof SdError && error.code === 'CANCELLED')) {
      // A kind that gives up unasked has not done its work: that is a fault, not a stop.
      return stopping
        ? { type: 'stopped' }
        : { type: 'failed', error: new SdError('INTERNAL', 'the job stopped without being asked', {}, error) };
    }
    return { type: 'failed', error: asSdError(error) };
  }

  #context(input: unknown): JobContext {
    const { job, library, log, save } = this.#parts;
    const { signal } = this.#controller;
    return {
      id: job.id,
      input,
      library,
      signal,
      log,
      priority: () => job.priority,
      stopping: () => signal.aborted,
      checkpoint: (state) => {
        if (this.#abandoned) throw new JobStopped();
        job.checkpoint = pack(state);
        job.problemsKept = job.problems;
        save();
        if (signal.aborted) throw new JobStopped();
      },
      progress: (report) => {
        if (this.#abandoned) return;
        this.#meter.report(report);
        job.progress = this.#meter.latest;
      },
      problem: (problem) => {
        if (!this.#abandoned) job.problems = withProblem(job.problems, problem);
      },
      problems: (all) => {
        if (!this.#abandoned) job.problems = mostOf(all);
      },
    };
  }
}

function parseInput(kind: JobKind, job: JobRecord): unknown {
  const input = kind.input.safeParse(job.input);
  if (!input.success)
    throw new SdError('CONFLICT', `this version cannot read what the job ${job.kind} was asked to do; start it again`);
  return input.data;
}

/** The state to go on from. Never guessed: what this version does not know fails with a word that says so. */
function stateOf(kind: JobKind, job: JobRecord, input: unknown): unknown {
  if (job.version > kind.version) {
    throw new SdError(
      'NEWER_FORMAT',
      `the job ${job.kind} was begun by a newer version (state ${job.version}, this one knows ${kind.version}); update, or start it again`,
    );
  }
  if (job.checkpoint === undefined) {
    job.version = kind.version;
    return kind.begin(input);
  }
  const stored = unpack(job.checkpoint);
  const state = job.version === kind.version ? stored : kind.upgrade?.(stored, job.version);
  if (state === undefined) {
    throw new SdError(
      'CONFLICT',
      `the job ${job.kind} was begun by an older version (state ${job.version}, this one knows ${kind.version}); start it again`,
    );
  }
  const known = kind.state.safeParse(state);
  if (!known.success)
    throw new SdError('CORRUPT', `the saved state of the job ${job.kind} cannot be read; start it again`);
  job.version = kind.version;
  return known.data;
}

/** What a job that goes no further has done, as far as its kind can say. */
export function leftOf(kind: JobKind, job: JobRecord): unknown {
  if (!kind.left || !job.checkpoint || job.version !== kind.version) return undefined;
  const state = kind.state.safeParse(unpack(job.checkpoint));
  return state.success ? kind.left(state.data) : undefined;
}

/** Takes away what a cancelled job has half made. Throws what the disk says. */
export function discardHalf(kind: JobKind, job: JobRecord): void {
  if (!kind.discard || !job.checkpoint || job.version !== kind.version) return;
  const [input, state] = [kind.input.safeParse(job.input), kind.state.safeParse(unpack(job.checkpoint))];
  if (input.success && state.success) kind.discard(input.data, state.data);
}
