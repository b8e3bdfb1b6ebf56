export const JOB_STATES = ['queued', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Whether a job in this state goes no further. */
export function isEnd(state: JobState): boolean {
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
  readonly state: JobState;
  /** It was asked to stop and has not come to a place where it can. */
  readonly stopping?: 'pause' | 'cancel';
  readonly progress: JobProgress;
  readonly created_at: number;
  readonly started_at?: number;
  readonly ended_at?: number;
  /** What it found, once completed; what it had done, where it was cancelled. */
  readonly result?: unknown;
  /** Why it failed. Beside the state `paused`: what it waits for to pass, and goes on by itself then. */
  readonly error?: { readonly code: string; readonly message: string };
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

export interface JobFilter {
  readonly library?: string;
  readonly states?: readonly JobState[];
  readonly kind?: string;
}

/** The jobs of the open libraries: all that have not ended, and of those that have, the last of each library. */
export interface JobDirectory {
  /** Newest first. */
  list(filter?: JobFilter): JobInfo[];
  /** Throws `NOT_FOUND`. */
  info(id: string): JobInfo;
}

export interface JobManager extends JobDirectory {
  /**
   * Queues a job of the library; an equal one (kind and input) that has not ended is answered instead. It survives a
   * restart from its last checkpoint on. Throws `INVALID_INPUT`, `LIBRARY_CLOSED`.
   */
  enqueue(request: {
    library: string;
    kind: string;
    subject: string;
    input: Readonly<Record<string, unknown>>;
  }): Promise<JobInfo>;
  /**
   * The three answer what they saw: a running job that needs longer than a blink to stop is answered as `running` with
   * `stopping`, and an event tells when it has. They throw `NOT_FOUND`, and `CONFLICT` where the job has ended.
   */
  cancel(id: string): Promise<JobInfo>;
  /** It stays paused, over restarts too, until it is resumed. */
  pause(id: string): Promise<JobInfo>;
  resume(id: string): Promise<JobInfo>;
  /** Resolves when the job has ended. Rejects with `SHUTTING_DOWN` where its library is closed before. */
  ended(id: string): Promise<JobInfo>;
}
