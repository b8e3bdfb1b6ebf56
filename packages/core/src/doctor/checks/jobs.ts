import { type Finding, ok, warning } from '../finding.ts';
import type { Check } from '../world.ts';

const WEEK_MS = 7 * 86_400_000;
const MOST_NAMED = 5;

/** Jobs that failed within a week and were not repeated with success since, and those that wait for something to pass. */
export const jobs: Check = {
  name: 'jobs',
  run({ jobs: all, clock }) {
    const list = all();
    const failed = list.filter(
      (job) =>
        job.state === 'failed' &&
        (job.ended_at ?? 0) > clock.now() - WEEK_MS &&
        !list.some(
          (later) =>
            later.state === 'completed' &&
            later.kind === job.kind &&
            later.subject === job.subject &&
            (later.ended_at ?? 0) > (job.ended_at ?? 0),
        ),
    );
    const waiting = list.filter((job) => job.state === 'paused' && job.error);
    const found: Finding[] = [...failed, ...waiting]
      .slice(0, MOST_NAMED)
      .map((job) =>
        warning(
          `job "${job.subject}" (${job.kind})`,
          `${job.state === 'failed' ? 'failed' : 'waits'}: ${job.error?.message ?? 'no reason was kept'}`,
          job.state === 'failed'
            ? `sd job retry ${job.id.slice(-8)}, or sd job info ${job.id.slice(-8)}`
            : 'it goes on by itself once that has passed',
        ),
      );
    const going = list.filter((job) => job.state === 'running' || job.state === 'queued').length;
    return found.length > 0 ? found : [ok('jobs', going > 0 ? `${going} going on, none failed` : 'none failed')];
  },
};
