import { z } from 'zod';
import { indexedFolder } from '../../browsing/indexed-folder.ts';
import { uuidToText } from '../../domain/ids.ts';
import { type LocationView, locationSelector } from '../../domain/location.ts';
import { isWithin, showNative } from '../../domain/native-path.ts';
import type { Device } from '../../domain/device.ts';
import { SdError } from '../../errors.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { findLocation, pathOfLocation } from '../../locations/find.ts';
import { locationView } from '../../locations/view.ts';
import { action, observed } from '../../operation.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { locationReportSchema } from '../../verifying/report.ts';

const input = z.object({
  location: locationSelector,
  within: z.string().min(1).max(32_768).optional().describe('the only folder of it to look at: a path or an address'),
  content: z.boolean().default(false).describe('read the files whose content is known and compare them by hash'),
  repair: z
    .boolean()
    .default(false)
    .describe('read anew what differs; with `content` also what is corrupt, whose content then counts as what is read'),
});
type Input = z.output<typeof input>;

export const verifyLocation = action({
  summary: 'Compares the disk with the index of a location, and changes nothing unless asked to repair.',
  name: 'locations.verify',
  scope: 'library',
  input,
  output: z.object({ job: jobInfoSchema.describe('its result, once it is completed, is a report') }),
  errors: ['NOT_FOUND', 'OFFLINE', 'INVALID_INPUT'],
  permissions: ['library.write', 'files.read'],

  preview({ library, presenceOf, device }, given) {
    const { row, folder } = resolved(library.db, device, given);
    const view = locationView(row, presenceOf, device.slug);
    const target = folder ? showNative(folder.path) : view.native_path;
    return {
      plan: {
        summary: `Compare ${target} with the index${given.content ? ', contents too' : ''}. Its files are only read.`,
        steps: [
          { what: 'compare', target },
          ...(given.content ? [{ what: 'hash', target, detail: 'files whose content is known' }] : []),
          ...(given.repair ? [{ what: 'rescan', target, detail: 'the folders that differ, and no others' }] : []),
        ],
        conflicts: [],
        warnings: [
          ...(view.state === 'offline' ? ['it is offline now: there is nothing to compare with'] : []),
          ...(given.repair && given.content
            ? [
                'what a corrupt file holds now becomes its content in the index; look at the report without repair first',
              ]
            : []),
        ],
      },
      basis: { location: view.id, online: view.state !== 'offline', within: folder?.id ?? null },
    };
  },

  async commit({ library, presenceOf, device, jobs }, given) {
    const { row, folder } = resolved(library.db, device, given);
    const view = locationView(row, presenceOf, device.slug);
    refuseOffline(view);
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'locations.verify',
      priority: 'user',
      subject: view.name,
      input: {
        location: uuidToText(row.uuid),
        content: given.content,
        repair: given.repair,
        ...(folder ? { within: folder.id } : {}),
      },
    });
    return { job };
  },

  verify({ jobs }, _input, { job }) {
    const now = jobs.info(job.id);
    const report = locationReportSchema.safeParse(now.result);
    return observed(
      ['job', 'completed', now.state],
      ['disk and index agree', true, report.success ? report.data.agrees : 'not known yet'],
    );
  },
});

function resolved(db: ReadConnection, device: Device, { location, within }: Input) {
  const row = findLocation(db, location, device.slug);
  const folder = within === undefined ? undefined : indexedFolder(within, db, device);
  if (folder && !isWithin(folder.path, pathOfLocation(row)))
    throw new SdError('INVALID_INPUT', `${showNative(folder.path)} does not lie in "${row.name}"`, {
      way_out: `name a folder below ${showNative(pathOfLocation(row))}`,
    });
  return { row, folder };
}

function refuseOffline(view: LocationView): void {
  if (view.state !== 'offline') return;
  throw new SdError('OFFLINE', `${view.native_path} is not there now; what the index knows of it stays`, {
    way_out: 'connect the disk, or check the folder, and try again',
  });
}
