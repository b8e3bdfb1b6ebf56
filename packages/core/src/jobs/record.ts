import type { JobRow } from '../db/jobs/jobs.ts';
import { uuidFromText, uuidToText } from '../domain/ids.ts';
import { pack, unpack } from './codec.ts';
import { type JobInfo, type JobProgress, type JobState, isEnd } from './job-manager.ts';

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
  state: JobState;
  /** Asked of it while it runs; kept over a crash, so that a cancelled job never goes on. */
  stop: StopRequest | undefined;
  /** The kind's state as stored; `undefined` until the first checkpoint. */
  checkpoint: Uint8Array | undefined;
  progress: JobProgress;
  result: unknown;
  error: { code: string; message: string } | undefined;
  started_at: number | undefined;
  ended_at: number | undefined;
}

export const NO_PROGRESS: JobProgress = { phase: 'queued', done: 0, bytes: 0, rate: 0 };

/** A job as it is asked for; `now` in milliseconds since the epoch. */
export function newRecord(
  asked: Pick<JobRecord, 'id' | 'kind' | 'version' | 'subject' | 'input'> & { now: number },
): JobRecord {
  const { now, ...rest } = asked;
  return {
    ...rest,
    created_at: now,
    state: 'queued',
    progress: NO_PROGRESS,
    stop: undefined,
    checkpoint: undefined,
    result: undefined,
    error: undefined,
    started_at: undefined,
    ended_at: undefined,
  };
}

export function toRow(job: JobRecord): JobRow {
  const uuid = uuidFromText(job.id);
  if (!uuid) throw new Error(`a job's id is a UUID, not ${job.id}`);
  return {
    uuid,
    kind: job.kind,
    version: job.version,
    subject: job.subject,
    input: pack(job.input),
    state: job.state,
    stop: job.stop ?? null,
    checkpoint: job.checkpoint ?? null,
    progress: pack(job.progress),
    result: job.result === undefined ? null : pack(job.result),
    error: job.error ? pack(job.error) : null,
    created_at: job.created_at,
    started_at: job.started_at ?? null,
    ended_at: job.ended_at ?? null,
  };
}

export function fromRow(row: JobRow): JobRecord {
  return {
    id: uuidToText(row.uuid),
    kind: row.kind,
    version: row.version,
    subject: row.subject,
    input: unpack(row.input) as JobRecord['input'],
    created_at: row.created_at,
    state: row.state as JobState,
    stop: (row.stop as StopRequest | null) ?? undefined,
    checkpoint: row.checkpoint ?? undefined,
    progress: unpack(row.progress) as JobProgress,
    result: row.result ? unpack(row.result) : undefined,
    error: row.error ? (unpack(row.error) as JobRecord['error']) : undefined,
    started_at: row.started_at ?? undefined,
    ended_at: row.ended_at ?? undefined,
  };
}

export function toInfo(job: JobRecord, library: string): JobInfo {
  const { id, kind, subject, input, state, progress, created_at } = job;
  return {
    id,
    kind,
    library,
    subject,
    input,
    state,
    ...(job.stop ? { stopping: job.stop } : {}),
    progress,
    created_at,
    ...(job.started_at === undefined ? {} : { started_at: job.started_at }),
    ...(job.ended_at === undefined ? {} : { ended_at: job.ended_at }),
    ...(job.result === undefined ? {} : { result: job.result }),
    ...(job.error ? { error: job.error } : {}),
  };
}

export function hasEnded(job: JobRecord): boolean {
  return isEnd(job.state);
}
