import type { JobRow } from '../db/jobs/jobs.ts';
import { uuidFromText, uuidToText } from '../domain/ids.ts';
import { pack, unpack } from './codec.ts';
import {
  type JobError,
  type JobInfo,
  type JobPriority,
  type JobProblems,
  type JobProgress,
  type JobState,
  isEnd,
} from './job-manager.ts';
import { NO_PROBLEMS } from './problems.ts';

export type StopRequest = 'pause' | 'cancel';

/** A job in memory. Whoever changes it saves it, then says so. */
export interface JobRecord {
  readonly id: string;
  readonly kind: string;
  /** The version of the kind that wrote `checkpoint`. */
  version: number;
  readonly subject: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly created_at: number;
  priority: JobPriority;
  state: JobState;
  /** Asked of it while it runs; kept over a crash, so that a cancelled job never goes on. */
  stop: StopRequest | undefined;
  /** Ids of the jobs it waits for; those that completed are taken out. */
  after: readonly string[];
  /** Failures in a row that may pass. */
  attempts: number;
  /** While it waits to be tried again. */
  next_try_at: number | undefined;
  /** The kind's state as stored; `undefined` until the first checkpoint. */
  checkpoint: Uint8Array | undefined;
  progress: JobProgress;
  problems: JobProblems;
  /** Those as of the checkpoint, which are stored: what is done again from there on is not to be counted twice. */
  problemsKept: JobProblems;
  result: unknown;
  error: JobError | undefined;
  started_at: number | undefined;
  ended_at: number | undefined;
}

export const NO_PROGRESS: JobProgress = { phase: 'queued', done: 0, bytes: 0, rate: 0 };

type Asked = Pick<JobRecord, 'id' | 'kind' | 'version' | 'subject' | 'input' | 'priority' | 'after'>;

/** A job as it is asked for; `now` in milliseconds since the epoch. */
export function newRecord({ now, ...asked }: Asked & { now: number }): JobRecord {
  return {
    ...asked,
    created_at: now,
    state: 'queued',
    progress: NO_PROGRESS,
    problems: NO_PROBLEMS,
    problemsKept: NO_PROBLEMS,
    attempts: 0,
    next_try_at: undefined,
    stop: undefined,
    checkpoint: undefined,
    result: undefined,
    error: undefined,
    started_at: undefined,
    ended_at: undefined,
  };
}

export function toRow(job: JobRecord): JobRow {
  return {
    uuid: uuidOf(job.id),
    kind: job.kind,
    version: job.version,
    subject: job.subject,
    input: pack(job.input),
    priority: job.priority,
    state: job.state,
    stop: job.stop ?? null,
    after: job.after.length > 0 ? pack(job.after) : null,
    attempts: job.attempts,
    next_try_at: job.next_try_at ?? null,
    checkpoint: job.checkpoint ?? null,
    progress: pack(job.progress),
    problems: job.problemsKept.count > 0 ? pack(job.problemsKept) : null,
    result: job.result === undefined ? null : pack(job.result),
    error: job.error ? pack(job.error) : null,
    created_at: job.created_at,
    started_at: job.started_at ?? null,
    ended_at: job.ended_at ?? null,
  };
}

export function fromRow(row: JobRow): JobRecord {
  const problems = row.problems ? (unpack(row.problems) as JobProblems) : NO_PROBLEMS;
  return {
    id: uuidToText(row.uuid),
    kind: row.kind,
    version: row.version,
    subject: row.subject,
    input: unpack(row.input) as JobRecord['input'],
    created_at: row.created_at,
    priority: row.priority as JobPriority,
    state: row.state as JobState,
    stop: (row.stop as StopRequest | null) ?? undefined,
    after: row.after ? (unpack(row.after) as string[]) : [],
    attempts: row.attempts,
    next_try_at: row.next_try_at ?? undefined,
    checkpoint: row.checkpoint ?? undefined,
    progress: unpack(row.progress) as JobProgress,
    problems,
    problemsKept: problems,
    result: row.result ? unpack(row.result) : undefined,
    error: row.error ? (unpack(row.error) as JobError) : undefined,
    started_at: row.started_at ?? undefined,
    ended_at: row.ended_at ?? undefined,
  };
}

export function toInfo(job: JobRecord, library: string): JobInfo {
  const { id, kind, subject, input, priority, state, progress, created_at } = job;
  return {
    id,
    kind,
    library,
    subject,
    input,
    priority,
    state,
    ...(job.stop ? { stopping: job.stop } : {}),
    ...(job.after.length > 0 ? { after: job.after } : {}),
    progress,
    ...(job.problems.count > 0 ? { problems: job.problems } : {}),
    created_at,
    ...(job.started_at === undefined ? {} : { started_at: job.started_at }),
    ...(job.ended_at === undefined ? {} : { ended_at: job.ended_at }),
    ...(job.attempts > 0 ? { attempts: job.attempts } : {}),
    ...(job.next_try_at === undefined ? {} : { next_try_at: job.next_try_at }),
    ...(job.result === undefined ? {} : { result: job.result }),
    ...(job.error ? { error: job.error } : {}),
  };
}

export function uuidOf(id: string): Uint8Array {
  const uuid = uuidFromText(id);
  if (!uuid) throw new Error(`a job's id is a UUID, not ${id}`);
  return uuid;
}

export function hasEnded(job: JobRecord): boolean {
  return isEnd(job.state);
}

/** Queued, and nothing but its turn is waited for. */
export function isReady(job: JobRecord): boolean {
  return job.state === 'queued' && job.next_try_at === undefined && job.after.length === 0;
}
