import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, flag } from '../../declare/option.ts';
import { EXPORT_FORMATS, exportFormatOf, followExport } from '../../shared/exports.ts';
import { addressOf } from '../../shared/address.ts';
import { AUDIT_FILTERS, auditParams } from '../../shared/audit-params.ts';
import type { JobInfo } from '../../wire.ts';

export const auditExport = command({
  name: 'audit export',
  summary: 'Write actions on the library to a file',
  details: ['One line for each action, oldest first. Nothing is overwritten, and the file is not encrypted.'],
  arguments: { file: required('the file to write, in a folder that exists', 'path') },
  options: {
    ...AUDIT_FILTERS,
    format: choice(EXPORT_FORMATS, 'by the extension of the file if left out (.ndjson, .jsonl, .csv)'),
    noWait: flag('do not wait until it is done'),
  },
  examples: [['sd audit export 2026.csv --since 2026-01-01', 'a year, for a spreadsheet']],
  calls: ['action:audit.export', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { file }, { format, noWait, ...filter }) {
    const input = { path: addressOf(file), format: format ?? exportFormatOf(file), ...auditParams(filter) };
    const started = await act<{ job: JobInfo }>(sd, { action: 'audit.export', input });
    if (started) await followExport(sd, started.job, { noWait, again: 'sd audit export', unit: ['action'] });
  },
});
