import { some } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { FILE_CALLS, FILE_OPTIONS } from '../../file-action/options.ts';
import { runFileAction } from '../../file-action/run.ts';
import { addressOf } from '../../shared/address.ts';

export const mkdir = command({
  name: 'mkdir',
  summary: 'Create folders',
  arguments: { paths: some('the folders', 'folder') },
  options: {
    parents: flag('also the folders above that are not there; one that is there already is no error', { short: 'p' }),
    ...FILE_OPTIONS,
  },
  examples: [['sd mkdir -p ~/Pictures/2026/Lisbon', 'with the folders above it']],
  calls: ['action:entries.create_folder', ...FILE_CALLS],
  streams: true,
  async run(sd, { paths }, { parents, ...options }) {
    let worst = 0;
    for (const path of paths.map(addressOf)) {
      const input = { path, ...(parents ? { parents } : {}) };
      worst = Math.max(worst, await runFileAction(sd, { action: 'entries.create_folder', input, options }));
    }
    return worst;
  },
});
