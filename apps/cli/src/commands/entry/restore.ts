import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { FILE_CALLS, TARGET_OPTIONS, policiesOf } from '../../file-action/options.ts';
import { runFileAction } from '../../file-action/run.ts';
import { addressOf } from '../../shared/address.ts';

export const restore = command({
  name: 'restore',
  summary: 'Bring files and folders back from the trash',
  details: [
    'By the path they had, of several the last, or by an id that sd trash lists. What is known of them comes back with them.',
  ],
  arguments: { items: any('paths as they were, or ids', 'path') },
  options: {
    action: text('RECEIPT', 'all that one action put into the trash, by its receipt'),
    to: text('FOLDER', 'into this folder; to where they were if left out', { complete: 'folder' }),
    ...TARGET_OPTIONS,
  },
  examples: [
    ['sd restore ~/Documents/report.pdf', 'to where it was'],
    ['sd restore --to ~/Desktop ~/Documents/report.pdf', 'to another folder'],
  ],
  calls: ['action:entries.restore', ...FILE_CALLS],
  streams: true,
  run(sd, { items }, { action: receipt, to, onConflict, ...options }) {
    if (items.length === 0 && receipt === undefined) throw usage('what is to come back?', 'sd trash lists what can');
    return runFileAction(sd, {
      action: 'entries.restore',
      input: {
        items: items.map((item) => (UUID.test(item) ? item : addressOf(item))),
        ...(receipt === undefined ? {} : { receipt }),
        ...(to === undefined ? {} : { to: addressOf(to) }),
      },
      policies: policiesOf(onConflict),
      options,
    });
  },
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
