import { some } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { FILE_CALLS, FILE_OPTIONS } from '../../file-action/options.ts';
import { runFileAction } from '../../file-action/run.ts';
import { addressOf } from '../../shared/address.ts';

export const rm = command({
  name: 'rm',
  summary: 'Move files and folders to the trash',
  details: [
    'They go to the system’s trash, or where a disk has none to one at the top of it: sd restore brings them back, sd undo as well.',
    'With --forever they are deleted, and nothing brings them back: the plan is shown, and a word has to be typed.',
  ],
  arguments: { paths: some('the files and folders', 'path') },
  options: { forever: flag('delete them for good, not to the trash'), ...FILE_OPTIONS },
  examples: [
    ['sd rm old.txt Drafts', 'to the trash'],
    ['sd rm --forever --dry-run Cache', 'what would be deleted for good'],
  ],
  calls: ['action:entries.trash', 'action:entries.delete', ...FILE_CALLS],
  streams: true,
  run: (sd, { paths }, { forever, ...options }) =>
    runFileAction(sd, {
      action: forever ? 'entries.delete' : 'entries.trash',
      input: { sources: paths.map(addressOf) },
      ...(forever ? { typed: 'delete' } : {}),
      options,
    }),
});
