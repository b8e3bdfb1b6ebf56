import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';

export const volumeEject = command({
  name: 'volume eject',
  summary: 'Unmount a disk, so that it can be taken away',
  details: [
    'Never by force: a disk that a job or another program uses is refused. Locations on it are offline afterwards; what is known of them stays.',
  ],
  arguments: { volume: required('the volume, by name, id or mount path', 'volume') },
  options: {},
  examples: [],
  calls: ['action:volumes.eject'],
  async run(sd, { volume }) {
    const ejected = await act<{ name: string }>(sd, { action: 'volumes.eject', input: { volume } });
    if (ejected && !sd.out.json) done(sd, `"${printable(ejected.name)}" can be taken away`);
  },
});
