import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { FILE_CALLS, TARGET_OPTIONS, policiesOf } from '../../file-action/options.ts';
import { runFileAction } from '../../file-action/run.ts';
import { addressOf } from '../../shared/address.ts';

export const rename = command({
  name: 'rename',
  summary: 'Give a file or folder another name',
  arguments: { path: required('the file or folder', 'path'), name: required('its new name, without a path') },
  options: TARGET_OPTIONS,
  examples: [['sd rename ~/Pictures/IMG_0001.jpg "First day.jpg"', 'it stays in its folder']],
  calls: ['action:entries.rename', ...FILE_CALLS],
  streams: true,
  run: (sd, { path, name }, { onConflict, ...options }) =>
    runFileAction(sd, {
      action: 'entries.rename',
      input: { path: addressOf(path), name },
      policies: policiesOf(onConflict),
      options,
    }),
});
