import { followJob } from '../../daemon/follow.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag, integer } from '../../declare/option.ts';
import { drawLogLine } from '../../logs/record.ts';
import type { Sd } from '../../sd.ts';
import { findJob } from '../../shared/jobs.ts';
import type { JobLogLine } from '../../wire.ts';

const DEFAULT_LINES = 200;
const MOST_LINES = 1_000;

export const jobLog = command({
  name: 'job log',
  summary: 'Show what a job has said',
  details: ['The last thousand lines of each job are kept, for as long as the job is listed. Ctrl-C stops nothing.'],
  arguments: { job: optional('its id or the end of it; may be left out where one job is going on', 'job') },
  options: {
    follow: flag('go on with what it says until it has ended', { short: 'f' }),
    lines: integer(
      'N',
      `begin with the last N lines; ${DEFAULT_LINES} if left out`,
      { min: 1, max: MOST_LINES },
      { short: 'n' },
    ),
  },
  examples: [['sd job log -f', 'of the one that is going on']],
  calls: ['query:jobs.log', 'query:jobs.info', 'query:jobs.list'],
  streams: true,
  async run(sd, { job: typed }, { follow, lines: limit = DEFAULT_LINES }) {
    const daemon = await sd.daemon();
    const job = await findJob(daemon, typed);
    let last = await show(sd, (await daemon.call('query:jobs.log', { id: job.id, limit })).lines);
    if (!follow) return;
    const more = async (): Promise<void> => {
      const { lines } = await daemon.call('query:jobs.log', { id: job.id, after: last, limit: MOST_LINES });
      last = Math.max(last, await show(sd, lines));
    };
    let showing = Promise.resolve();
    await followJob(sd, job, () => void (showing = showing.then(more)), { cancels: false });
    await showing;
    await more();
  },
});

/** Answers the number of the last line. */
async function show(sd: Sd, lines: readonly JobLogLine[]): Promise<number> {
  for (const line of lines) {
    if (sd.out.json) await sd.out.printJson(line);
    else await sd.out.print(drawLogLine(line, sd.out));
  }
  return lines.at(-1)?.line ?? 0;
}
