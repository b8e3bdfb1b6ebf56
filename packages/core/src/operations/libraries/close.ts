import { z } from 'zod';
import { librarySelector, librarySummarySchema } from '../../domain/library.ts';
import type { JobDirectory } from '../../jobs/job-manager.ts';
import type { LibrarySummary } from '../../libraries/library-manager.ts';
import { type Preview, action, observed } from '../../operation.ts';

export const closeLibrary = action({
  summary: 'Closes a library: its jobs stop at a checkpoint, its files are let go. It stays closed until it is opened.',
  name: 'libraries.close',
  scope: 'core',
  input: z.object({ which: librarySelector }),
  output: librarySummarySchema,
  errors: ['NOT_FOUND'],
  permissions: ['library.manage'],

  preview: ({ libraries, jobs }, { which }) => closing(libraries.find(which), jobs, 'Close'),

  commit: ({ libraries }, { which }) => libraries.closeLibrary(which),

  verify: ({ libraries }, _input, { id }) => observed(['library', 'closed', libraries.find(id).state]),
});

/** What closing or locking a library would do. */
export function closing(
  { id, name, state, folder }: LibrarySummary,
  jobs: JobDirectory,
  verb: 'Close' | 'Lock',
): Preview {
  const running = jobs.list({ library: id, states: ['running', 'queued'] });
  return {
    plan: {
      summary: `${verb} the library "${name}".`,
      steps: [
        ...running.map((job) => ({ what: 'pause', target: job.subject, detail: job.kind })),
        { what: verb.toLowerCase(), target: folder },
      ],
      conflicts: [],
      warnings: state === 'open' ? [] : [`it is not open: ${state}`],
    },
    basis: { id, state, jobs: running.map((job) => job.id) },
  };
}
