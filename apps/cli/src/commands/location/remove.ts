import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { locationOf } from '../../shared/address.ts';

export const locationRemove = command({
  name: 'location remove',
  summary: 'Forget a location; its files stay where they are',
  arguments: { location: required('the location, by name, id or path', 'location') },
  options: {},
  examples: [['sd location remove Pictures', 'shows what goes from the index, and asks']],
  calls: ['action:locations.remove'],
  async run(sd, { location }) {
    const removed = await act<{ name?: string }>(sd, {
      action: 'locations.remove',
      input: { location: locationOf(location) },
      asks: true,
    });
    if (removed)
      sd.out.remark(
        `${sd.out.errorColors.green('✓')} "${printable(removed.name ?? location)}" is no longer indexed; its files are where they were`,
      );
  },
});
