export const JOB_STATES = ['queued', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];
export const ENDED_STATES = ['completed', 'failed', 'cancelled'] as const satisfies readonly JobState[];
export type EndedState = (typeof ENDED_STATES)[number];

/** The order in which jobs get their turn: what somebody waits for comes first. */
export const JOB_PRIORITIES = ['user', 'normal', 'background'] as const;
export type JobPriority = (typeof JOB_PRIORITIES)[number];

/** Whether a job in this state goes no further. */
export function isEnd(state: JobState): state is EndedState {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}

/** A job as clients see it. Times in milliseconds since the epoch. */
export interface JobInfo {
  /** UUID. */
  readonly id: string;
  /** `<area>.<verb>` of the kind. */
  readonly kind: string;
  readonly library: string;
  /** What it works on, for people. */
  readonly subject: string;
  /** What it was started with; clients match on it (e.g. `location`). */
  readonly input: Readonly<Record<string, unknown>>;
  readonly priority: JobPriority;
  readonly state: JobState;
  /** It was asked to stop and has not come to a place where it can. */
  readonly stopping?: 'pause' | 'cancel';
  /** Jobs that must complete before it starts. */
  readonly after?: readonly string[];
  readonly progress: JobProgress;
  /** Items it could not do, and went on. */
  readonly problems?: JobProblems;
  readonly created_at: number;
  readonly started_at?: number;
  readonly ended_at?: number;
  /** How often it failed in a row for a reason that may pass. */
  readonly attempts?: number;
  /** Beside the state `queued`: it waits for what `error` says to pass, and is tried again then at the latest. */
  readonly next_try_at?: number;
  /** What it found, once completed; what it had done, where it was cancelled. */
  readonly result?: unknown;
  /** Why it failed, or waits for its next try. */
  readonly error?: JobError;
}

export interface JobError {
  readonly code: string;
  readonly message: string;
  /** What a person can do about it. */
  readonly way_out?: string;
}

/** `count` of all, the first of which are named. */
export interface JobProblems {
  readonly count: number;
  readonly named: readonly JobProblem[];
}
export interface JobProblem {
  /** The item, for people: mostly a path. */
  readonly item: string;
  readonly reason: string;
}

export interface JobProgress {
  readonly phase: string;
  readonly done: number;
  /** Absent while it is not known. */
  readonly total?: number;
  readonly bytes: number;
  readonly bytes_total?: number;
  /** Items a second over the last few seconds. */
  readonly rate: number;
  readonly remaining_ms?: number;
  readonly detail?: string;
}

/** A line of a job's log; they count from 1, and the oldest are gone where there were many. */
export interface JobLogLine {
  readonly line: number;
  readonly at: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface JobFilter {
  readonly library?: string;
  readonly states?: readonly JobState[];
  readonly kind?: string;
}

export interface JobRequest {
  readonly library: string;
  readonly kind: string;
  readonly subject: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** That of the kind, where it is left out. */
  readonly priority?: JobPriority;
  /** Jobs of the same library that must complete first. Where one fails or is cancelled, so does this one. */
  readonly after?: readonly string[];
}

/** The jobs of the open libraries: all that have not ended, and of those that have, the last of each library. */
export interface JobDirectory {
  /** Newest first. */
  list(filter?: JobFilter): JobInfo[];
  /** Throws `NOT_FOUND`. */
  info(id: string): JobInfo;
  /** Lines after the line `after`, or the last ones; oldest first. Throws `NOT_FOUND`. */
  log(id: string, range: { readonly after?: number; readonly limit: number }): JobLogLine[];
}

export interface JobManager extends JobDirectory {
  /**
   * Queues a job of the library; an equal one (see `JobKind.equal`) that has not ended is answered instead, and takes
   * the higher priority of the two. It survives a restart from its last checkpoint on. Throws `INVALID_INPUT`,
   * `LIBRARY_CLOSED`, `NOT_FOUND` for a job to come after that is not there, `CONFLICT` for one that did not complete.
   */
  enqueue(request: JobRequest): Promise<JobInfo>;
  /**
   * The three answer what they saw: a running job that needs longer than a blink to stop is answered as `running` with
   * `stopping`, and an event tells when it has. They throw `NOT_FOUND`, and `CONFLICT` where the job has ended.
   */
  cancel(id: string): Promise<JobInfo>;
  /** It stays paused, over restarts too, until it is resumed. */
  pause(id: string): Promise<JobInfo>;
  resume(id: string): Promise<JobInfo>;
  /**
   * Lets a job that failed or was cancelled go on from its last checkpoint, and one that waits for its next try have it
   * now. Throws `NOT_FOUND`, and `CONFLICT` in any other state, or where an equal one is going on.
   */
  retry(id: string): Promise<JobInfo>;
  /** Forgets jobs that have ended, with their logs; answers the ids of those. */
  clearHistory(filter: { readonly library?: string; readonly states?: readonly EndedState[] }): Promise<string[]>;
  /** Resolves when the job has ended. Rejects with `SHUTTING_DOWN` where its library is closed before. */
  ended(id: string): Promise<JobInfo>;
}
