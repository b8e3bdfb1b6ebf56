import { some } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { FILE_CALLS, TARGET_OPTIONS, policiesOf } from '../../file-action/options.ts';
import { runFileAction } from '../../file-action/run.ts';
import { sourcesAndTarget } from '../../file-action/sources-and-target.ts';

export const cp = command({
  name: 'cp',
  summary: 'Copy files and folders',
  details: [
    'The last path is where they go: a folder that is there, or of one source the name of its copy. Folders are copied with all that is in them; times, permissions and attributes are kept.',
    'A copy has its name only once it is whole. What is stopped, by Ctrl-C or by a crash, can be gone on with or taken back.',
    '--verify reads every copy and its source whole and compares them, and asks the index, too.',
  ],
  arguments: { paths: some('what is copied, and last where to', 'path') },
  options: TARGET_OPTIONS,
  examples: [
    ['sd cp report.pdf ~/Documents', 'into a folder'],
    ['sd cp --dry-run Photos /mnt/usb', 'only say what would be done'],
    [
      'sd cp --on-conflict newer --verify Photos /mnt/usb',
      'older files there are replaced, then all is read back and compared',
    ],
  ],
  calls: ['action:entries.copy', ...FILE_CALLS],
  streams: true,
  run: (sd, { paths }, { onConflict, ...options }) =>
    runFileAction(sd, {
      action: 'entries.copy',
      input: { ...sourcesAndTarget(paths, 'sd cp'), hash: options.verify },
      policies: policiesOf(onConflict),
      options,
    }),
});
