import { watchEvents } from '@sd/client/watch-events.ts';
import type { Daemon } from '../../daemon/daemon.ts';
import { dialer, waitForDaemon } from '../../daemon/redial.ts';
import { command } from '../../declare/command.ts';
import { EXIT } from '../../errors.ts';
import { JobBoard } from '../../monitor/job-board.ts';
import { type MonitorView, jsonView, liveView, plainView } from '../../monitor/views.ts';
import { ReaderGone } from '../../output/output.ts';
import type { Sd } from '../../sd.ts';
import type { JobInfo } from '../../wire.ts';

const GOING_ON = ['running', 'queued', 'paused'] as const;

export const jobMonitor = command({
  name: 'job monitor',
  summary: 'Watch all jobs, live',
  details: [
    'Ends with Ctrl-C, which stops nothing but the watching, and goes on over a restart of the daemon. Where standard output is no terminal it prints a line per change, with --json the job at each event.',
  ],
  arguments: {},
  options: {},
  examples: [
    ['sd job monitor', 'bars, rates and what is left of each'],
    ['sd job monitor --json', 'for another program'],
  ],
  calls: ['query:jobs.list', 'rpc.subscribe'],
  streams: true,
  async run(sd) {
    const stop = new AbortController();
    const release = sd.interrupts.handle(() => stop.abort());
    const view = viewOf(sd);
    try {
      await watch(sd, view, stop.signal);
    } catch (error) {
      if (error instanceof ReaderGone) return EXIT.OK[0];
      throw error;
    } finally {
      view.end();
      release();
    }
    return EXIT.CANCELLED[0];
  },
});

function viewOf({ out }: Sd): MonitorView {
  if (out.json) return jsonView(out);
  return out.columns === undefined ? plainView(out) : liveView(out);
}

async function watch(sd: Sd, view: MonitorView, signal: AbortSignal): Promise<void> {
  const board = new JobBoard();
  const dial = dialer(sd);
  let daemon: Daemon | undefined;
  const events = watchEvents(
    async () => (daemon = await dial()),
    { resources: ['job'] },
    { signal, wait: (attempt) => waitForDaemon(sd, attempt, signal) },
  );
  for await (const watched of events) {
    if ('event' in watched) {
      const { change, ids = [], data } = watched.event;
      const job = data?.['job'] as JobInfo | undefined;
      if (change === 'deleted') board.forget(ids);
      else if (job) board.take(job);
      await view.changed(board, job);
    } else if (daemon) {
      // The stream begins, or begins again: what happened before is not in it.
      board.replace((await daemon.call('query:jobs.list', { states: [...GOING_ON] })).jobs);
      await view.changed(board);
    }
  }
}
