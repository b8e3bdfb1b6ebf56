import { act } from '../../daemon/act.ts';
import { command } from '../../declare/command.ts';
import { count } from '../../format/number.ts';
import { done } from '../../shared/library.ts';
import type { VolumeView } from '../../wire.ts';

export const volumeRefresh = command({
  name: 'volume refresh',
  summary: 'Look at what is mounted now',
  details: ['The daemon does so by itself soon after something is mounted or unmounted.'],
  arguments: {},
  options: {},
  examples: [],
  calls: ['action:volumes.refresh'],
  async run(sd) {
    const answer = await act<{ volumes: VolumeView[] }>(sd, { action: 'volumes.refresh', input: {} });
    if (!answer || sd.out.json) return;
    const mounted = answer.volumes.filter((one) => one.mounted).length;
    done(sd, `${count(mounted, 'volume')} mounted, ${answer.volumes.length - mounted} away`);
  },
});
