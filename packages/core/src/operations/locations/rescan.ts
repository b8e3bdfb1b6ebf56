import { z } from 'zod';
import { locationByUuid } from '../../db/library/locations.ts';
import { locationSelector, locationViewSchema } from '../../domain/location.ts';
import { SdError } from '../../errors.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { findLocation } from '../../locations/find.ts';
import { locationView } from '../../locations/view.ts';
import { action, observed } from '../../operation.ts';

const input = z.object({
  location: locationSelector,
  full: z.boolean().default(false).describe('compare every entry, not only those of folders that look changed'),
});

export const rescanLocation = action({
  summary: 'Looks at a location again and brings the index up to date.',
  name: 'locations.rescan',
  scope: 'library',
  input,
  output: z.object({ location: locationViewSchema, job: jobInfoSchema }),
  errors: ['NOT_FOUND', 'OFFLINE'],
  permissions: ['library.write', 'files.read'],

  preview({ library, presenceOf, device }, { location, full }) {
    const row = findLocation(library.db, location, device.slug);
    const view = locationView(row, presenceOf, device.slug);
    return {
      plan: {
        summary: `Look at ${view.native_path} again${full ? ', entry by entry' : ''}. Its files are only read.`,
        steps: [{ what: 'rescan', target: view.native_path }],
        conflicts: [],
        warnings:
          view.state === 'offline' ? ['it is offline now: nothing would be scanned, and nothing forgotten'] : [],
      },
      basis: { location: view.id, online: view.state !== 'offline' },
    };
  },

  async commit({ library, presenceOf, device, jobs }, { location, full }) {
    const row = findLocation(library.db, location, device.slug);
    const view = locationView(row, presenceOf, device.slug);
    if (view.state === 'offline') {
      throw new SdError('OFFLINE', `${view.native_path} is not there now; what the index knows of it stays`, {
        way_out: 'connect the disk, or check the folder, and try again',
      });
    }
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'locations.index',
      priority: 'user',
      subject: view.name,
      input: { location: view.id, ...(full ? { full } : {}) },
    });
    return { location: view, job };
  },

  verify({ library, jobs }, _input, { location, job }) {
    const row = locationByUuid(library.db, location.id);
    const state = jobs.info(job.id).state;
    return observed(['location in the library', 'there', row ? 'there' : 'absent'], ['job', 'completed', state]);
  },
});
