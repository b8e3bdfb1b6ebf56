import { z } from 'zod';
import { indexedFolder } from '../../browsing/indexed-folder.ts';
import type { Device } from '../../domain/device.ts';
import { uuidToText } from '../../domain/ids.ts';
import { locationSelector } from '../../domain/location.ts';
import { isWithin, showNative } from '../../domain/native-path.ts';
import { localUri } from '../../domain/sd-path.ts';
import { SdError } from '../../errors.ts';
import { countLines } from '../../exporting/count-lines.ts';
import { exportExtent } from '../../exporting/extent.ts';
import { EXPORT_FORMATS, estimateBytes } from '../../exporting/formats.ts';
import { exportResultSchema } from '../../exporting/result.ts';
import { exportTarget, refusePart } from '../../exporting/target.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { isEnd } from '../../jobs/job-manager.ts';
import { requireRoom } from '../../libraries/backup.ts';
import type { LibraryRead } from '../../libraries/library.ts';
import { nativePathOf } from '../../locations/check-path.ts';
import { findLocation, pathOfLocation } from '../../locations/find.ts';
import { action, observed } from '../../operation.ts';
import type { ReadConnection, ReadFiles } from '../../platform.ts';

const input = z.object({
  location: locationSelector.optional().describe('only what lies in this location'),
  within: z
    .string()
    .min(1)
    .max(32_768)
    .optional()
    .describe('only this folder and what lies below: a path or an address'),
  format: z.enum(EXPORT_FORMATS).describe('`ndjson`: a JSON object a line; `csv`: as RFC 4180 has it, with a header'),
  path: z.string().min(1).max(32_768).describe('the file to be, in a folder that exists; nothing is overwritten'),
});
type Input = z.output<typeof input>;

export const exportLibrary = action({
  summary: 'Writes what the library knows of its entries to one file, in the background.',
  name: 'library.export',
  scope: 'library',
  input,
  output: z.object({ job: jobInfoSchema.describe('its result, once it is completed, says what was written') }),
  errors: ['NOT_FOUND', 'NOT_A_FOLDER', 'NOT_WRITABLE', 'ALREADY_EXISTS', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.manage'],

  preview({ library, files, device }, given) {
    const { asked, subject, entries, path, bytes } = resolved({ library, files, device }, given);
    const target = showNative(path);
    return {
      plan: {
        summary: `Write what the library knows of ${subject} to ${target}.`,
        steps: [{ what: 'create', target, detail: `about ${entries} entries, ${bytes} bytes` }],
        bytes,
        conflicts: [],
        warnings: ['the file is not encrypted: who reads it learns all names, places and times in it'],
      },
      basis: { ...asked },
    };
  },

  async commit({ library, files, device, jobs }, given) {
    const { asked, subject, path, folder, bytes } = resolved({ library, files, device }, given);
    const isAsked = jobs
      .list({ library: library.id, kind: 'library.export' })
      .some((job) => !isEnd(job.state) && job.input['path'] === asked.path);
    if (!isAsked) {
      refusePart(path, files);
      requireRoom(files, folder, bytes);
    }
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'library.export',
      priority: 'user',
      subject,
      input: asked,
    });
    return { job };
  },

  async verify({ jobs, files, device, clock }, _input, { job }) {
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
  },
});

interface World {
  readonly library: Pick<LibraryRead, 'db' | 'name'>;
  readonly files: ReadFiles;
  readonly device: Device;
}

/** What is asked of the job, and what it comes to. Throws where it cannot be done. */
function resolved({ library, files, device }: World, given: Input) {
  const { path, folder } = exportTarget(nativePathOf(given.path, device.slug), files);
  const { location, within, subject } = chosen(library.db, device, given);
  const asked = {
    ...(location === undefined ? {} : { location }),
    ...(within === undefined ? {} : { within }),
    format: given.format,
    path: localUri(device.slug, path),
  };
  const { entries } = exportExtent(library.db, asked);
  return {
    asked,
    subject: subject ?? library.name,
    entries,
    path,
    folder,
    bytes: estimateBytes(given.format, entries),
  };
}

function chosen(
  db: ReadConnection,
  device: Device,
  given: Input,
): { location?: string; within?: number; subject?: string } {
  const row = given.location === undefined ? undefined : findLocation(db, given.location, device.slug);
  const folder = given.within === undefined ? undefined : indexedFolder(given.within, db, device);
  if (row && folder && !isWithin(folder.path, pathOfLocation(row)))
    throw new SdError('INVALID_INPUT', `${showNative(folder.path)} does not lie in "${row.name}"`, {
      way_out: `name a folder below ${showNative(pathOfLocation(row))}`,
    });
  if (folder) return { within: folder.id, subject: showNative(folder.path) };
  return row ? { location: uuidToText(row.uuid), subject: row.name } : {};
}
