import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Library } from '../libraries/library.ts';
import type { Log } from '../ports/log.ts';
import type { JobPriority, JobProblem, JobProblems } from './job-manager.ts';

/** A kind of job: one file in `kinds/<area>/<verb>.ts`, listed by hand in `kinds/index.ts`. */
export interface JobKind<I extends z.ZodType = z.ZodType, S extends z.ZodType = z.ZodType> {
  /** `<area>.<verb>`, equal to the file's path. */
  readonly name: string;
  /** Raised when the meaning of the state changes: a state of an unknown version is never guessed at. */
  readonly version: number;
  readonly summary: string;
  /** Without transforms: what it answers is stored, and read by it again. */
  readonly input: I;
  /** What a checkpoint holds: plain data, stored as MessagePack, small (it is written at each checkpoint). */
  readonly state: S;
  /** The state a new job begins with. */
  begin(input: z.output<I>): z.output<S>;
  /** Of jobs that are asked for without one; `normal` where it is left out. */
  readonly priority?: JobPriority;
  /**
   * Which job of the same input answers a new request: `any` that has not ended (the default), or only one that is
   * `waiting` for its first turn, where what it looks at may have changed since it began.
   */
  readonly equal?: 'any' | 'waiting';
  /** Jobs of one library that answer the same text never run at the same time; `undefined` is never the same. */
  exclusive?(input: z.output<I>): string | undefined;
  /** How many of this kind may run at once, over all libraries. */
  readonly atOnce?: number;
  /** Errors that may pass: the job waits and is tried again; `TEMPORARY` where it is left out. */
  readonly temporary?: readonly ErrorCode[];
  /** The state an older version left, as this one has it; `undefined` where it cannot be said. */
  upgrade?(state: unknown, from: number): z.output<S> | undefined;
  /** What a job that is cancelled in this state leaves done: the `result` of a cancelled job. */
  left?(state: z.output<S>): unknown;
  /** Takes away what a job that is cancelled in this state has half made outside the library. Retried, it begins anew. */
  discard?(input: z.output<I>, state: z.output<S>): void;
  /**
   * Does the work from `state` on, in steps that can be repeated: after a crash it begins again at the last checkpoint.
   * Returning completes the job with that result; to stop, it throws (`checkpoint` does, when it is time).
   */
  run(context: JobContext<z.output<I>, z.output<S>>, state: z.output<S>): Promise<unknown>;
}

/** What passes by itself, or when somebody makes room, plugs the disk in, closes something. */
export const TEMPORARY: readonly ErrorCode[] = ['DISK_FULL', 'OFFLINE', 'IO', 'LIMIT'];

/** What a running job gets. */
export interface JobContext<I = unknown, S = unknown> {
  /** UUID of the job. */
  readonly id: string;
  readonly input: I;
  readonly library: Library;
  /** As it is now: a request for the same may have raised it. */
  priority(): JobPriority;
  /** Aborts once the job should come to its next checkpoint and stop: paused, cancelled, to give way, or the library closes. */
  readonly signal: AbortSignal;
  /** Whether `signal` has aborted. */
  stopping(): boolean;
  /**
   * Stores the state; when it returns, no crash of the process loses it. Throws `JobStopped` after storing where the
   * job is to stop: let it pass. Whoever stops in the middle of other work awaits that work's end, then calls this.
   */
  checkpoint(state: S): void;
  /** Says how far it is, as often as it likes: it is shown at most ten times a second. */
  progress(report: JobProgressReport): void;
  /** An item that could not be done, where the job goes on: counted, the first named. Stored with the next checkpoint. */
  problem(problem: JobProblem): void;
  /** The same for a kind that keeps count itself: all there are until now, in place of what was said before. */
  problems(all: JobProblems): void;
  /** From `info` on it is also kept with the job, the last thousand lines; items go to `problem`. */
  readonly log: Log;
}

/** Counts since the job began, not since it was resumed. */
export interface JobProgressReport {
  readonly phase: string;
  readonly done: number;
  readonly total?: number;
  readonly bytes?: number;
  readonly bytes_total?: number;
  /** What it works on right now, for people. */
  readonly detail?: string;
}

/** Thrown by `checkpoint` to leave `run`; not an error. */
export class JobStopped extends Error {
  constructor() {
    super('the job stops at this checkpoint');
    this.name = 'JobStopped';
  }
}

/** A kind with its types checked against each other. */
export function jobKind<I extends z.ZodType, S extends z.ZodType>(kind: JobKind<I, S>): JobKind {
  return kind;
}
