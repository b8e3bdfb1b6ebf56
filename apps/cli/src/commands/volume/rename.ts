import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import type { VolumeView } from '../../wire.ts';

export const volumeRename = command({
  name: 'volume rename',
  summary: 'Give a disk another name in the library; its label stays',
  arguments: {
    volume: required('the volume, by name, id or mount path', 'volume'),
    name: required('what to call it'),
  },
  options: {},
  examples: [['sd volume rename NO_NAME "Holiday stick"', 'the label on the disk stays NO_NAME']],
  calls: ['action:volumes.rename'],
  async run(sd, { volume, name }) {
    const renamed = await act<{ volume: VolumeView }>(sd, { action: 'volumes.rename', input: { volume, name } });
    if (renamed && !sd.out.json) done(sd, `it is called "${printable(renamed.volume.name)}" now`);
  },
});
