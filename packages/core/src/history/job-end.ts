import { receiptsOfJob, recordJobAgain, recordJobEnd } from '../db/library/audit.ts';
import { endPlanned, findHistory, resumePlanned } from '../db/library/history.ts';
import type { AuditCounts, AuditOutcome } from '../domain/audit.ts';
import { carriedSchema, changedSteps } from '../domain/carried.ts';
import type { JobInfo } from '../jobs/job-manager.ts';
import type { Connection } from '../ports/sqlite.ts';

/** Says of all actions that a job carried out how it ended; answers their receipts. A job that is gone says nothing. */
export function noteJobEnd(db: Connection, job: string, how: JobInfo | undefined): string[] {
  const counts = how && countsOf(how);
  recordJobEnd(db, job, { outcome: outcomeOf(how), error: how?.error, counts });
  const receipts = receiptsOfJob(db, job);
  const { skipped = 0, failed = 0 } = counts ?? {};
  const done = how ? changedIn(how) : 0;
  const left = skipped + failed + (how?.state === 'completed' ? 0 : 1);
  for (const receipt of receipts)
    if (findHistory(db, receipt)?.state === 'running') endPlanned(db, receipt, { done, left });
  return receipts;
}

/** Says of all actions whose job had ended that it goes on; answers their receipts. */
export function noteJobAgain(db: Connection, job: string): string[] {
  recordJobAgain(db, job);
  const receipts = receiptsOfJob(db, job);
  for (const receipt of receipts) resumePlanned(db, receipt);
  return receipts;
}

function outcomeOf(job: JobInfo | undefined): AuditOutcome {
  if (!job) return 'interrupted';
  if (job.state === 'completed') return (countsOf(job)?.failed ?? 0) > 0 ? 'partial' : 'done';
  return job.state === 'cancelled' ? 'cancelled' : 'failed';
}

/** How many steps or things it changed. */
function changedIn({ result, progress }: JobInfo): number {
  const carried = carriedSchema.safeParse(result);
  return carried.success ? changedSteps(carried.data) : progress.done;
}

/** As a plan of steps counts them, else as the job shows its progress; `undefined` where it did not come so far. */
function countsOf({ result, progress, problems }: JobInfo): AuditCounts | undefined {
  const carried = carriedSchema.safeParse(result);
  if (carried.success) {
    const { done, skipped, failed } = carried.data;
    return { done, skipped, failed };
  }
  if (progress.done === 0 && !problems) return undefined;
  return { done: progress.done, failed: problems?.count ?? 0 };
}
