import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import type { Settings } from '../../wire.ts';

export const settingsSet = command({
  name: 'settings set',
  summary: 'Change a setting',
  details: [
    'performance is gentle, balanced or full: how much of the machine background work may take. It takes effect at once, on jobs that run as well; on battery it is always gentle.',
  ],
  arguments: {
    name: required('which', ['performance']),
    value: required('to what', ['gentle', 'balanced', 'full']),
  },
  options: {},
  examples: [['sd settings set performance gentle', 'leave the machine to other work']],
  calls: ['action:settings.update'],
  async run(sd, { name, value }) {
    const settings = await act<Settings>(sd, { action: 'settings.update', input: { [name]: value } });
    if (settings) done(sd, `${printable(name)} is ${printable(value)}`);
  },
});
