import type { Daemon } from '../daemon/daemon.ts';
import { hasEnded } from '../daemon/follow.ts';
import { CliError, usage } from '../errors.ts';
import type { JobInfo } from '../wire.ts';

/** The end of a job's id: enough to tell jobs apart (the beginning is a time, and often the same). */
export const shortId = (id: string): string => id.slice(-8);

/** The job meant by an id, the beginning or the end of one; the only one that has not ended, if none is named. */
export async function findJob(daemon: Daemon, typed: string | undefined): Promise<JobInfo> {
  if (typed !== undefined && /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(typed))
    return daemon.call('query:jobs.info', { id: typed.toLowerCase() });
  const { jobs } = await daemon.call('query:jobs.list');
  const wanted = typed?.toLowerCase();
  const found = jobs.filter((job) =>
    wanted === undefined ? !hasEnded(job) : job.id.endsWith(wanted) || job.id.startsWith(wanted),
  );
  const [only, second] = found;
  if (only && !second) return only;
  if (only)
    throw usage(
      wanted === undefined ? 'which job?' : `"${typed}" means several jobs`,
      `name one of ${found
        .slice(0, 10)
        .map((job) => shortId(job.id))
        .join(', ')}`,
    );
  throw new CliError('NOT_FOUND', wanted === undefined ? 'no job is going on' : `there is no job "${typed}"`, {
    code: 'NOT_FOUND',
    wayOut: 'sd jobs list',
  });
}
