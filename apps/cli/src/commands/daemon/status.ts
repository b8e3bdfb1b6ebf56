import { command } from '../../declare/command.ts';
import type { CoreStatus } from '../../wire.ts';
import { statusLines } from '../../output/status-lines.ts';

export default command({
  name: 'status',
  summary: 'Show whether the daemon runs, and what it does',
  details: ['Does not start it: exits with 5 where none runs.'],
  arguments: {},
  options: {},
  examples: [],
  calls: ['query:core.status'],
  async run(sd) {
    const daemon = await sd.daemon({ start: false });
    const status = await daemon.call<CoreStatus>('query:core.status');
    if (sd.out.json) return sd.out.printJson(status);
    await sd.out.print(...statusLines(status, sd.out));
  },
});
