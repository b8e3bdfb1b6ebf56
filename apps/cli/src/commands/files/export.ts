import { act } from '../../daemon/act.ts';
import { completed, followJob } from '../../daemon/follow.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, flag, text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { count } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { jobProgress } from '../../progress/job-line.ts';
import { addressOf, locationOf } from '../../shared/address.ts';
import { done } from '../../shared/library.ts';
import { shellWord } from '../../shared/shell-word.ts';
import type { ExportResult, JobInfo } from '../../wire.ts';

const FORMATS = ['ndjson', 'csv'] as const;
const BY_EXTENSION: Readonly<Record<string, (typeof FORMATS)[number]>> = {
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  csv: 'csv',
};

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
    format: choice(FORMATS, 'by the extension of the file if left out (.ndjson, .jsonl, .csv)'),
    noWait: flag('do not wait until it is done'),
  },
  examples: [
    ['sd export index.csv', 'everything, for a spreadsheet'],
    ['sd export pictures.ndjson --location Pictures', 'one location, a JSON object a line'],
  ],
  calls: ['action:library.export', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { file }, { location, within, format, noWait }) {
    const started = await act<{ job: JobInfo }>(sd, {
      action: 'library.export',
      input: {
        path: addressOf(file),
        format: format ?? formatOf(file),
        ...(location === undefined ? {} : { location: locationOf(location) }),
        ...(within === undefined ? {} : { within: addressOf(within) }),
      },
    });
    if (!started) return;
    if (noWait) return sd.out.remark(`it is being written: sd job info ${started.job.id}`);
    const progress = jobProgress(sd.out);
    const job = await followJob(sd, started.job, progress.show).finally(progress.end);
    if (sd.out.json) await sd.out.printJson(job);
    completed(job, {
      whatStays: 'Stopped. Nothing was written.',
      wayOut: `sd export ${shellWord(file)} begins anew; sd job pause lets one go on later`,
    });
    if (sd.out.json) return;
    const { native_path: path, entries, bytes } = job.result as ExportResult;
    await sd.out.print(printable(path));
    done(sd, `${count(entries, 'entry', 'entries')}, ${formatSize(bytes)}`);
  },
});

function formatOf(file: string): (typeof FORMATS)[number] {
  const format = BY_EXTENSION[/\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''];
  if (!format) throw usage(`"${file}" does not say its format: end it with .ndjson or .csv, or add --format`);
  return format;
}
