import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { usage } from '../../errors.ts';
import { done } from '../../shared/library.ts';
import { AMONG, amongOf } from '../../shared/spaces.ts';

export const spaceReorder = command({
  name: 'space reorder',
  summary: 'Bring a space to a place among the others',
  arguments: { space: required('the space, by name or id', 'space') },
  options: AMONG,
  examples: [['sd space reorder Work --start', 'Work comes first']],
  calls: ['action:spaces.reorder', 'query:spaces.list'],
  async run(sd, { space }, options) {
    const daemon = await sd.daemon();
    const place = amongOf(options, (await daemon.call('query:spaces.list')).spaces);
    if (place === undefined) throw usage('to which place?', 'add --start, --end, --before SPACE or --after SPACE');
    if (await act(sd, { action: 'spaces.reorder', input: { space, place } })) done(sd, 'moved');
  },
});
