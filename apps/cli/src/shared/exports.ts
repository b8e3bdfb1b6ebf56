import { completed, followJob } from '../daemon/follow.ts';
import { usage } from '../errors.ts';
import { count } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import { jobProgress } from '../progress/job-line.ts';
import type { Sd } from '../sd.ts';
import type { ExportResult, JobInfo } from '../wire.ts';
import { done } from './library.ts';
import { remarkLeftOut } from './private.ts';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
type ExportFormat = (typeof EXPORT_FORMATS)[number];

const BY_EXTENSION: Readonly<Record<string, ExportFormat>> = { ndjson: 'ndjson', jsonl: 'ndjson', csv: 'csv' };

/** What the name of the file says. */
export function exportFormatOf(file: string): ExportFormat {
  const format = BY_EXTENSION[/\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''];
  if (!format) throw usage(`"${file}" does not say its format: end it with .ndjson or .csv, or add --format`);
  return format;
}

interface Following {
  readonly noWait: boolean;
  /** The command that begins it anew. */
  readonly again: string;
  /** What a line is about, and several of them. */
  readonly unit: readonly [one: string, many?: string];
}

/** Waits for the job of an export, and says where the file is. */
export async function followExport(sd: Sd, job: JobInfo, { noWait, again, unit }: Following): Promise<void> {
  if (noWait) return sd.out.remark(`it is being written: sd job info ${job.id}`);
  const progress = jobProgress(sd.out);
  const ended = await followJob(sd, job, progress.show).finally(progress.end);
  if (sd.out.json) await sd.out.printJson(ended);
  completed(ended, {
    whatStays: 'Stopped. Nothing was written.',
    wayOut: `${again} begins anew; sd job pause lets one go on later`,
  });
  if (sd.out.json) return;
  const { native_path: path, entries, bytes, private_left_out: left } = ended.result as ExportResult;
  await sd.out.print(printable(path));
  done(sd, `${count(entries, ...unit)}, ${formatSize(bytes)}`);
  remarkLeftOut(sd, left);
}
