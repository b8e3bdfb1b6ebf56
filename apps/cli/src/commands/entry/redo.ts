import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { FILE_CALLS, FILE_OPTIONS } from '../../file-action/options.ts';
import { runUndo } from '../../history/run-undo.ts';

export const redo = command({
  name: 'redo',
  summary: 'Do again what was undone last',
  details: ['Once something else was done, only what is named is done again.'],
  arguments: { action: optional('the receipt of what was undone, or of its undo; the last one if left out') },
  options: FILE_OPTIONS,
  examples: [['sd redo', 'the last undo was one too many']],
  calls: ['action:history.redo', 'query:history.list', ...FILE_CALLS],
  streams: true,
  run: (sd, { action: receipt }, options) => runUndo(sd, { action: 'history.redo', receipt, options }),
});
