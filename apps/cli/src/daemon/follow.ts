import { setTimeout as wait } from 'node:timers/promises';
import { CliError, asCliError } from '../errors.ts';
import type { Sd } from '../sd.ts';
import type { JobInfo } from '../wire.ts';
import type { Daemon } from './daemon.ts';

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);
/** Not more often than a person can read. */
const LEAST_INTERVAL_MS = 100;
/** Looks again even if no event came: the stream may be slow, the job must not seem to hang. */
const MOST_INTERVAL_MS = 1_000;

export const hasEnded = (job: JobInfo): boolean => ENDED.has(job.state);

/**
 * Calls `show` with the job as it goes on, until it has ended or somebody has paused it. Ctrl-C asks the daemon to
 * cancel it, and the job then ends as `cancelled`; with `cancels: false` it only ends the watching.
 */
export async function followJob(
  sd: Sd,
  first: JobInfo,
  show: (job: JobInfo) => void,
  options: { cancels?: boolean } = {},
): Promise<JobInfo> {
  const daemon = await sd.daemon();
  const events = await eventsOf(daemon, first.id);
  const release =
    options.cancels === false
      ? (): void => undefined
      : sd.interrupts.handle(() => {
          sd.out.complain('', 'Stopping… (Ctrl-C again leaves at once; the daemon stops by itself)');
          daemon.call('action:jobs.cancel', { id: first.id }).catch(() => events.wake());
        });
  try {
    let job = first;
    for (;;) {
      show(job);
      // Paused with a reason, it waits for that to pass (room on the disk) and goes on by itself.
      if (hasEnded(job) || (job.state === 'paused' && !job.error)) return job;
      await events.next();
      job = await daemon.call('query:jobs.info', { id: first.id });
    }
  } catch (error) {
    const { code } = asCliError(error);
    if (code !== 'CONNECTION_CLOSED' && code !== 'SHUTTING_DOWN') throw error;
    throw new CliError(
      'UNREACHABLE',
      'the daemon has stopped; the job goes on from its last checkpoint when it starts',
      {
        code,
        wayOut: 'sd start, then sd job info --follow',
      },
    );
  } finally {
    release();
    await events.end();
  }
}

/** Throws where the job did not complete. */
export function completed(job: JobInfo, stopped: { readonly whatStays: string; readonly wayOut?: string }): JobInfo {
  if (job.state === 'completed') return job;
  if (job.state === 'cancelled') throw new CliError('CANCELLED', stopped.whatStays, { wayOut: stopped.wayOut });
  if (job.state === 'paused') {
    throw new CliError('REFUSED', 'the job is paused', { code: 'CONFLICT', wayOut: `sd job resume ${job.id}` });
  }
  throw new CliError('FAILED', job.error?.message ?? `the job ended as ${job.state}`, {
    code: job.error?.code ?? 'INTERNAL',
    wayOut: job.error?.way_out ?? 'sd logs',
  });
}

async function eventsOf(
  daemon: Daemon,
  job: string,
): Promise<{ next(): Promise<void>; wake(): void; end(): Promise<void> }> {
  let pending = false;
  let wake = (): void => undefined;
  const subscription = await daemon.subscribe({ resources: ['job'] }, (event) => {
    if (event.ids && !event.ids.includes(job)) return;
    pending = true;
    wake();
  });
  return {
    wake: () => wake(),
    end: () => subscription.end().catch(() => undefined),
    async next() {
      await wait(LEAST_INTERVAL_MS);
      if (!pending) {
        const timeout = new AbortController();
        const event = new Promise<void>((resolve) => (wake = resolve));
        await Promise.race([event, wait(MOST_INTERVAL_MS - LEAST_INTERVAL_MS, undefined, { signal: timeout.signal })]);
        timeout.abort();
      }
      pending = false;
    },
  };
}
