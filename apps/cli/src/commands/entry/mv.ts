import { some } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { FILE_CALLS, TARGET_OPTIONS, policiesOf } from '../../file-action/options.ts';
import { runFileAction } from '../../file-action/run.ts';
import { sourcesAndTarget } from '../../file-action/sources-and-target.ts';

export const mv = command({
  name: 'mv',
  summary: 'Move files and folders',
  details: [
    'The last path is where they go: a folder that is there, or of one source its new name. Tags, notes and all that is known of them go with them.',
    'To another disk they are copied, read back and compared, and only then removed here.',
  ],
  arguments: { paths: some('what is moved, and last where to', 'path') },
  options: TARGET_OPTIONS,
  examples: [
    ['sd mv *.pdf ~/Documents', 'into a folder'],
    ['sd mv --dry-run ~/Videos /mnt/archive', 'only say what would be done'],
  ],
  calls: ['action:entries.move', ...FILE_CALLS],
  streams: true,
  run: (sd, { paths }, { onConflict, ...options }) =>
    runFileAction(sd, {
      action: 'entries.move',
      input: { ...sourcesAndTarget(paths, 'sd mv'), hash: options.verify },
      policies: policiesOf(onConflict),
      options,
    }),
});
