import { command } from '../../declare/command.ts';
import { statusLines } from '../../output/status-lines.ts';

export const status = command({
  name: 'status',
  summary: 'Show whether the daemon runs, and what it does',
  details: ['Does not start it: exits with 5 where none runs.'],
  arguments: {},
  options: {},
  examples: [],
  calls: ['query:core.status'],
  async run(sd) {
    const daemon = await sd.daemon({ start: false });
    const answer = await daemon.call('query:core.status');
    if (sd.out.json) return sd.out.printJson(answer);
    await sd.out.print(...statusLines(answer, sd.out));
  },
});
