import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import type { VolumeView } from '../../wire.ts';

export const volumeTrack = command({
  name: 'volume track',
  summary: 'Keep track of a disk, to know it wherever it is mounted',
  details: [
    'A disk is known by the UUID of its file system, a share by its address. Where there is neither, a small file with an id, .sd-volume-id, is written to its root: --dry-run says so before.',
  ],
  arguments: { volume: required('the volume, by name, id or mount path', 'volume') },
  options: {},
  examples: [['sd volume track Backup', 'by its name']],
  calls: ['action:volumes.track'],
  async run(sd, { volume }) {
    const tracked = await act<{ volume: VolumeView }>(sd, { action: 'volumes.track', input: { volume } });
    if (tracked && !sd.out.json) done(sd, `"${printable(tracked.volume.name)}" is tracked`);
  },
});
