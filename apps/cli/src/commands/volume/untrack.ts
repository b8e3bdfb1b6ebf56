import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';

export const volumeUntrack = command({
  name: 'volume untrack',
  summary: 'Keep track of a disk no longer; locations on it stay',
  arguments: { volume: required('the volume, by name, id or mount path', 'volume') },
  options: {},
  examples: [],
  calls: ['action:volumes.untrack'],
  async run(sd, { volume }) {
    const untracked = await act<{ name: string }>(sd, { action: 'volumes.untrack', input: { volume } });
    if (untracked && !sd.out.json) done(sd, `"${printable(untracked.name)}" is no longer tracked`);
  },
});
