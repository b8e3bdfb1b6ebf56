import { act } from '../../daemon/act.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { LOOKS } from '../../shared/collections.ts';
import { done } from '../../shared/library.ts';

export const spaceUpdate = command({
  name: 'space update',
  summary: 'Change the name or the look of a space',
  details: ['An empty text takes a color or an icon away: --icon "".'],
  arguments: { space: optional('the space, by name or id; the first where none is named', 'space') },
  options: { name: text('NAME', 'another name'), ...LOOKS },
  examples: [['sd space update Work --name Office', 'rename it']],
  calls: ['action:spaces.update'],
  async run(sd, { space }, { name, color, icon }) {
    const given = Object.entries({ name, color, icon }).filter(([, value]) => value !== undefined);
    if (given.length === 0) throw usage('what should change?', 'sd help space update');
    const change = Object.fromEntries(given.map(([key, value]) => [key, value === '' ? null : value]));
    const input = { ...(space === undefined ? {} : { space }), ...change };
    if (await act(sd, { action: 'spaces.update', input })) done(sd, 'the space is changed');
  },
});
