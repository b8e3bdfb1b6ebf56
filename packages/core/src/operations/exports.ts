import { z } from 'zod';
import type { ActionContext, ReadContext } from '../context.ts';
import { countLines } from '../exporting/count-lines.ts';
import { EXPORT_FORMATS } from '../exporting/formats.ts';
import { exportResultSchema } from '../exporting/result.ts';
import type { ExportTarget } from '../exporting/target.ts';
import { refusePart } from '../exporting/target.ts';
import { isEnd } from '../jobs/job-manager.ts';
import { jobInfoSchema } from '../jobs/job-schema.ts';
import { requireRoom } from '../libraries/backup.ts';
import { nativePathOf } from '../locations/check-path.ts';
import { observed } from '../operation.ts';
import type { ErrorCode } from '../errors.ts';

/** What every export is asked with. */
export const exportInput = {
  format: z.enum(EXPORT_FORMATS).describe('`ndjson`: a JSON object a line; `csv`: as RFC 4180 has it, with a header'),
  path: z.string().min(1).max(32_768).describe('the file to be, in a folder that exists; nothing is overwritten'),
};
export const exportOutput = z.object({
  job: jobInfoSchema.describe('its result, once it is completed, says what was written'),
});
export const EXPORT_ERRORS: readonly ErrorCode[] = [
  'NOT_FOUND',
  'NOT_A_FOLDER',
  'NOT_WRITABLE',
  'ALREADY_EXISTS',
  'CONFLICT',
  'DISK_FULL',
];

interface Wanted {
  readonly kind: string;
  readonly subject: string;
  /** What the job is asked, with the address of the file. */
  readonly asked: Readonly<Record<string, unknown>> & { readonly path: string };
  readonly target: ExportTarget;
  /** About how many it will be. */
  readonly bytes: number;
}

/** Starts the job; one that was asked for before and has not ended is answered instead. */
export async function startExport(
  { library, files, jobs }: Pick<ActionContext<'library'>, 'library' | 'files' | 'jobs'>,
  { kind, subject, asked, target, bytes }: Wanted,
) {
  const isAsked = jobs
    .list({ library: library.id, kind })
    .some((job) => !isEnd(job.state) && job.input['path'] === asked.path);
  if (!isAsked) {
    refusePart(target.path, files);
    requireRoom(files, target.folder, bytes);
  }
  return { job: await jobs.enqueue({ library: library.id, kind, priority: 'user', subject, input: asked }) };
}

/** Counts the lines and bytes of the file again. */
export async function verifyExport(
  { jobs, files, device, clock }: Pick<ReadContext, 'jobs' | 'files' | 'device' | 'clock'>,
  { job }: z.output<typeof exportOutput>,
) {
  const now = jobs.info(job.id);
  const result = exportResultSchema.safeParse(now.result);
  if (!result.success) return observed(['job', 'completed', now.state]);
  const path = nativePathOf(result.data.path, device.slug);
  const size = files.facts(path)?.size;
  return observed(
    ['job', 'completed', now.state],
    ['bytes of the file', result.data.bytes, size ?? 'no file'],
    ['lines of the file', result.data.lines, size === undefined ? 'no file' : await countLines(files, clock, path)],
  );
}
