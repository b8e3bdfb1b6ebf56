import { stopDaemon } from '../../daemon/stop.ts';
import { command } from '../../declare/command.ts';
import { done } from '../../shared/library.ts';

export const stop = command({
  name: 'stop',
  summary: 'Stop the daemon; jobs pause and go on at the next start',
  details: ['Waits until it is gone. It is no error if none runs.'],
  arguments: {},
  options: {},
  examples: [],
  calls: ['action:core.stop'],
  async run(sd) {
    if (sd.globals.dryRun) {
      const { act } = await import('../../daemon/act.ts');
      await act(sd, { action: 'core.stop', input: {} });
      return;
    }
    const ran = await stopDaemon(sd);
    if (!ran && sd.out.json) await sd.out.printJson({ stopping: false });
    done(sd, ran ? 'The daemon has stopped' : 'No daemon runs');
  },
});
