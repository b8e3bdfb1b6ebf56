import type { JobBook } from './book.ts';
import type { JobLogs } from './job-logs.ts';
import type { JobRecord } from './record.ts';
import type { Transitions } from './transitions.ts';

/**
 * What the last process left: a job that was running goes on, unless it had been told to stop; one that waited for a
 * fault to pass is tried now; one whose dependencies ended meanwhile hears of it.
 */
export function recoverJobs(book: JobBook, to: Transitions, logs: JobLogs): void {
  for (const job of book.notEnded()) {
    if (job.state === 'running') interrupted(job, to, logs);
    else if (job.next_try_at !== undefined) {
      job.next_try_at = undefined;
      to.changed(job);
    }
  }
  for (const job of book.notEnded())
    for (const id of job.after) {
      // One that ended the others of its list with it is not asked again.
      if (!book.get(job.id)) break;
      const other = book.record(id);
      if (!other) to.refuse(job, 'NOT_FOUND', 'the job it waits for is not known any more');
      else if (!book.get(id)) to.released(job, other);
    }
}

function interrupted(job: JobRecord, to: Transitions, logs: JobLogs): void {
  const { stop } = job;
  job.stop = job.error = undefined;
  if (stop === 'cancel') return to.cancel(job);
  if (stop === 'pause') return to.pause(job);
  logs.add(job.id, 'info', 'interrupted; it goes on from its last checkpoint');
  to.queue(job);
}
