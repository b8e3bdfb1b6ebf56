import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, flag, text } from '../../declare/option.ts';
import { addressOf, locationOf } from '../../shared/address.ts';
import { PRIVATE } from '../../shared/private.ts';
import { shellWord } from '../../shared/shell-word.ts';
import { EXPORT_FORMATS, exportFormatOf, followExport } from '../../shared/exports.ts';
import type { JobInfo } from '../../wire.ts';

export const exportIndex = command({
  name: 'export',
  summary: 'Write what the library knows to a file',
  details: [
    'One line for each file and folder: address, path, type, kind, size, date, content, hashes, sums of folders, and of pictures and films when, where and with what they were taken. Nothing is overwritten, and the file is not encrypted.',
    'The address is exact to the byte; paths and names are for people. In CSV a text that a spreadsheet would compute gets an apostrophe in front.',
  ],
  arguments: { file: required('the file to write, in a folder that exists', 'path') },
  options: {
    location: text('LOCATION', 'only this location', { complete: 'location' }),
    within: text('FOLDER', 'only this folder, and what lies below', { complete: 'folder' }),
    ...PRIVATE,
    format: choice(EXPORT_FORMATS, 'by the extension of the file if left out (.ndjson, .jsonl, .csv)'),
    noWait: flag('do not wait until it is done'),
  },
  examples: [
    ['sd export index.csv', 'everything, for a spreadsheet'],
    ['sd export pictures.ndjson --location Pictures', 'one location, a JSON object a line'],
  ],
  calls: ['action:library.export', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { file }, { location, within, private: all, format, noWait }) {
    const started = await act<{ job: JobInfo }>(sd, {
      action: 'library.export',
      input: {
        path: addressOf(file),
        format: format ?? exportFormatOf(file),
        private: all,
        ...(location === undefined ? {} : { location: locationOf(location) }),
        ...(within === undefined ? {} : { within: addressOf(within) }),
      },
    });
    const again = `sd export ${shellWord(file)}`;
    if (started) await followExport(sd, started.job, { noWait, again, unit: ['entry', 'entries'] });
  },
});
