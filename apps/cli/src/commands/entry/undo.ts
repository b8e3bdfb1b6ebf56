import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { FILE_CALLS, FILE_OPTIONS } from '../../file-action/options.ts';
import { runUndo } from '../../history/run-undo.ts';

export const undo = command({
  name: 'undo',
  summary: 'Take back what was done last',
  details: [
    'Changes of files are taken back by a plan of their own: what was copied goes to the trash, what was moved goes back, what went to the trash comes out of it. Tags, notes and collections are set back.',
    'What has been changed since stays as it is: then nothing is done, and it says what is in the way. A copy that is gone already needs no undo. What was deleted for good cannot come back.',
  ],
  arguments: {
    action: optional('its receipt or the end of it, as sd history list shows it; the last one if left out'),
  },
  options: FILE_OPTIONS,
  examples: [
    ['sd undo', 'the last action'],
    ['sd undo --dry-run', 'only say what would be done'],
  ],
  calls: ['action:history.undo', 'query:history.list', ...FILE_CALLS],
  streams: true,
  run: (sd, { action: receipt }, options) => runUndo(sd, { action: 'history.undo', receipt, options }),
});
