import type { Daemon } from '../daemon/daemon.ts';
import { hasEnded } from '../daemon/follow.ts';
import { CliError, usage } from '../errors.ts';
import type { JobInfo } from '../wire.ts';

/** The end of a job's id: enough to tell jobs apart (the beginning is a time, and often the same). */
export const shortId = (id: string): string => id.slice(-8);

export const isGoingOn = (job: JobInfo): boolean => !hasEnded(job);

/** The job meant by an id, the beginning or the end of one; if none is named, the only one there is `among` them. */
export async function findJob(
  daemon: Daemon,
  typed: string | undefined,
  among: (job: JobInfo) => boolean = isGoingOn,
): Promise<JobInfo> {
  if (typed !== undefined && /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(typed))
    return daemon.call('query:jobs.info', { id: typed.toLowerCase() });
  const { jobs } = await daemon.call('query:jobs.list');
  const wanted = typed?.toLowerCase();
  const found = jobs.filter((job) =>
    wanted === undefined ? among(job) : job.id.endsWith(wanted) || job.id.startsWith(wanted),
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
  const none = among === isGoingOn ? 'no job is going on' : 'there is no such job';
  throw new CliError('NOT_FOUND', wanted === undefined ? none : `there is no job "${typed}"`, {
    code: 'NOT_FOUND',
    wayOut: 'sd job list',
  });
}
