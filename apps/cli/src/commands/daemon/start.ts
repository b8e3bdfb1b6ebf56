import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { done } from '../../shared/library.ts';

export const start = command({
  name: 'start',
  summary: 'Start the daemon',
  details: ['Other commands start it too, so that this is seldom needed.'],
  arguments: {},
  options: { foreground: flag('run it here, with its log on the terminal, until Ctrl-C') },
  examples: [['sd start --foreground --data-dir /tmp/try', 'a daemon to try things with']],
  calls: ['query:core.status'],
  async run(sd, _args, { foreground }) {
    if (foreground) {
      const { runInForeground } = await import('../../daemon/foreground.ts');
      return runInForeground(sd);
    }
    const daemon = await sd.daemon();
    if (sd.out.json) return sd.out.printJson(await daemon.call('query:core.status'));
    done(sd, daemon.wasRunning ? 'The daemon runs already' : 'The daemon is started');
  },
});
