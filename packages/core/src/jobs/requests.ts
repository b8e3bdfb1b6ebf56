import { SdError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobBook } from './book.ts';
import { canonical } from './codec.ts';
import { JOB_PRIORITIES, type JobPriority } from './job-manager.ts';
import type { JobKind } from './kind.ts';
import { type JobRecord, newRecord } from './record.ts';
import type { Transitions } from './transitions.ts';

export interface JobAsked {
  readonly kind: JobKind;
  readonly subject: string;
  readonly input: JobRecord['input'];
  readonly priority: JobPriority;
  readonly after: readonly string[];
}

interface RequestParts {
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * The job that answers a request: an equal one that there is, or a new one. A new job can only wait for jobs that were
 * there before it, so that no circle can come about.
 */
export function requestJob(asked: JobAsked, book: JobBook, to: Transitions, parts: RequestParts): JobRecord {
  const after = asked.after.filter((id) => mustWait(id, book));
  const equal = equalJob(asked.kind, asked.input, book);
  // An equal job that does not wait for what this one must wait for would come too early.
  if (equal && after.every((id) => equal.after.includes(id))) {
    raise(equal, asked.priority, to);
    return equal;
  }
  const { name: kind, version } = asked.kind;
  const { subject, input, priority } = asked;
  const job = newRecord({ id: parts.newId(), kind, version, subject, input, priority, after, now: parts.clock.now() });
  book.add(job);
  return job;
}

/** Lets a job that failed or was cancelled go on from its last checkpoint. */
export function requestAgain(job: JobRecord, book: JobBook, kinds: RequestParts['kinds']): JobRecord {
  if (job.state !== 'failed' && job.state !== 'cancelled')
    throw new SdError('CONFLICT', `there is nothing to try again: the job is ${job.state}`, { state: job.state });
  const kind = kinds.get(job.kind);
  const equal = kind && equalJob(kind, job.input, book);
  if (equal) throw new SdError('CONFLICT', 'an equal job is going on already', { job: equal.id });
  const anew: JobRecord = {
    ...job,
    state: 'queued',
    after: job.after.filter((id) => mustWait(id, book)),
    attempts: 0,
    result: undefined,
    error: undefined,
    ended_at: undefined,
  };
  book.reopen(anew);
  return anew;
}

/** Whether the job of that id is still to complete. */
function mustWait(id: string, book: JobBook): boolean {
  const job = book.record(id);
  if (!job)
    throw new SdError('NOT_FOUND', `there is no job ${id} in this library to come after`, { way_out: 'sd job list' });
  if (job.state === 'failed' || job.state === 'cancelled')
    throw new SdError('CONFLICT', `the job it is to come after, ${job.kind} of "${job.subject}", was ${job.state}`, {
      job: id,
      way_out: `sd job retry ${id}`,
    });
  return job.state !== 'completed';
}

function equalJob(kind: JobKind, input: unknown, book: JobBook): JobRecord | undefined {
  const wanted = canonical(input);
  return book
    .notEnded()
    .find(
      (job) =>
        job.kind === kind.name &&
        job.stop !== 'cancel' &&
        (kind.equal !== 'waiting' || job.started_at === undefined) &&
        canonical(job.input) === wanted,
    );
}

function raise(job: JobRecord, priority: JobPriority, to: Transitions): void {
  if (JOB_PRIORITIES.indexOf(priority) >= JOB_PRIORITIES.indexOf(job.priority)) return;
  job.priority = priority;
  to.changed(job);
}
