import { z } from 'zod';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { action, observed } from '../../operation.ts';

export const sweepSidecars = action({
  summary: 'Removes what was derived from contents that no file has any more, in the background.',
  name: 'sidecars.sweep',
  scope: 'library',
  input: z.object({}),
  output: z.object({ job: jobInfoSchema }),
  errors: [],
  permissions: ['library.write'],

  preview({ library }) {
    // To count them takes longer than the main thread may; the job's result says how many there were.
    const target = library.name;
    return {
      plan: {
        summary:
          'Remove thumbnails, facts and texts of contents that no file of the library has any more, and what interrupted work has left. They are made again where the files come back.',
        steps: [
          { what: 'remove', target, detail: 'sidecars of contents without a file' },
          { what: 'remove', target, detail: 'sidecar files that nothing speaks of' },
        ],
        conflicts: [],
        warnings: [],
      },
      basis: { library: library.id },
    };
  },

  async commit({ library, jobs }) {
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'sidecars.sweep',
      subject: library.name,
      input: {},
      priority: 'normal',
    });
    return { job };
  },

  verify({ jobs }, _input, { job }) {
    return observed(['job', 'completed', jobs.info(job.id).state]);
  },
});
