import assert from 'node:assert/strict';
import type { JobInfo } from '../jobs/job-manager.ts';
import { type TestCore, jobEnd } from './open-test-core.ts';

/** Waits for a job to complete. One that met a fault waits for its next try, and has it now. */
export async function endedSurely({ core, client }: TestCore, id: string): Promise<JobInfo> {
  const end = jobEnd(core, client, id);
  const leave = core.events.subscribe(({ resource, data }) => {
    const job = resource === 'job' ? (data?.['job'] as JobInfo | undefined) : undefined;
    if (job?.id === id && job.next_try_at !== undefined) void client.call('action:jobs.retry', { id });
  });
  const ended = await end.finally(leave);
  assert.equal(ended.state, 'completed', JSON.stringify(ended.error));
  return ended;
}

/** Waits until no job is left to be done. */
export async function nothingToDo({ core, client }: TestCore): Promise<void> {
  for (;;) {
    const { jobs } = await client.call('query:jobs.list', {});
    const open = jobs.filter(({ state }) => state === 'queued' || state === 'running');
    if (open.length === 0) return;
    for (const { id } of open) await jobEnd(core, client, id);
  }
}
