import { z } from 'zod';
import { locationByUuid } from '../../db/library/locations.ts';
import { locationSelector, locationViewSchema } from '../../domain/location.ts';
import { SdError } from '../../errors.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { findLocation } from '../../locations/find.ts';
import { locationView } from '../../locations/view.ts';
import { action, observed } from '../../operation.ts';

export const acceptLoss = action({
  summary:
    'Says that what is gone from a location is gone: a scan takes it out of the index. Nothing on disk is touched.',
  name: 'locations.accept',
  scope: 'library',
  input: z.object({ location: locationSelector }),
  output: z.object({ location: locationViewSchema, job: jobInfoSchema }),
  errors: ['NOT_FOUND', 'CONFLICT', 'OFFLINE'],
  permissions: ['library.write', 'files.read'],

  preview({ library, presenceOf, device }, { location }) {
    const view = locationView(findLocation(library.db, location, device.slug), presenceOf, device.slug);
    const { attention } = view;
    if (!attention) throw nothingWaits(view.name);
    return {
      plan: {
        summary: `About ${attention.would_remove} of the ${attention.of} entries of "${view.name}" are not on the disk any more and leave the index. Nothing on disk is touched.`,
        steps: (attention.folders ?? []).map(({ path, entries }) => ({
          what: 'remove from the index',
          target: path,
          detail: `${entries} entries`,
        })),
        conflicts: [],
        warnings: view.state === 'offline' ? ['it is offline now: nothing can be accepted'] : [],
      },
      basis: { location: view.id, since: attention.since, would_remove: attention.would_remove },
    };
  },

  async commit({ library, presenceOf, device, jobs }, { location }) {
    const view = locationView(findLocation(library.db, location, device.slug), presenceOf, device.slug);
    if (!view.attention) throw nothingWaits(view.name);
    if (view.state === 'offline')
      throw new SdError('OFFLINE', `${view.native_path} is not there now; what the index knows of it stays`, {
        way_out: 'connect the disk, or check the folder, and try again',
      });
    const { would_remove, since } = view.attention;
    // The job has the word of the user in its input: it holds over a crash, and for what was shown alone.
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'locations.index',
      subject: view.name,
      input: { location: view.id, accept: { would_remove, since } },
      priority: 'user',
    });
    return { location: view, job };
  },

  verify({ library, jobs }, _input, { location, job }) {
    const waits = locationByUuid(library.db, location.id)?.attention != null;
    return observed(
      ['what waits for a word', 'nothing', waits ? 'a loss' : 'nothing'],
      ['job', 'completed', jobs.info(job.id).state],
    );
  },
});

function nothingWaits(name: string): SdError {
  return new SdError('CONFLICT', `nothing of "${name}" waits for a word`, { way_out: `sd location rescan "${name}"` });
}
