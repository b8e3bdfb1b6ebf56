export const JOB_STATES = ['queued', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

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
  readonly progress: JobProgress;
  readonly created_at: number;
  readonly started_at?: number;
  readonly ended_at?: number;
  /** What it found, once completed. */
  readonly result?: unknown;
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

export interface JobDirectory {
  /** Newest first. */
  list(filter?: { library?: string; states?: readonly JobState[]; kind?: string }): JobInfo[];
  /** Throws `NOT_FOUND`. */
  info(id: string): JobInfo;
}

export interface JobManager extends JobDirectory {
  /**
   * Queues a job of the library; an equal one (kind and input) that has not ended is answered instead. It survives a
   * restart from its last checkpoint on.
   */
  enqueue(request: { library: string; kind: string; subject: string; input: Readonly<Record<string, unknown>> }): Promise<JobInfo>;
  cancel(id: string): Promise<JobInfo>;
  /** Resolves when the job has ended. */
  ended(id: string): Promise<JobInfo>;
}
