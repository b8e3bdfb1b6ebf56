import { connect } from '../../daemon/connect.ts';
import { stopDaemon } from '../../daemon/stop.ts';
import { command } from '../../declare/command.ts';
import { done } from '../../shared/library.ts';

export const restart = command({
  name: 'restart',
  summary: 'Stop the daemon and start it again',
  arguments: {},
  options: {},
  examples: [],
  calls: ['action:core.stop', 'query:core.status'],
  async run(sd) {
    if (sd.globals.dryRun) {
      const { act } = await import('../../daemon/act.ts');
      await act(sd, { action: 'core.stop', input: {} });
      return;
    }
    await stopDaemon(sd);
    // The connection this command had is gone with the daemon before.
    const daemon = await connect(sd, true);
    const { version } = await daemon.handshake;
    daemon.close();
    done(sd, `The daemon runs again (${version})`);
  },
});
