import { z } from 'zod';
import { type SweepKeptParts, sweepKept } from '../../../indexing/keeping/sweep-run.ts';
import type { Library } from '../../../libraries/library.ts';
import { type JobKind, jobKind } from '../../kind.ts';

export interface SweepTrashServices extends SweepKeptParts {
  changed(library: Library): void;
}

/** Forgets what was kept of things that left the trash, or never came back. Each of its steps can be repeated. */
export function sweepTrash(services: SweepTrashServices): JobKind {
  return jobKind({
    name: 'trash.sweep',
    version: 1,
    summary: 'Forgets what was known of files that are in the trash no more',
    input: z.object({}),
    state: z.object({}),
    begin: () => ({}),
    priority: 'background',
    equal: 'waiting',
    exclusive: () => 'trash',
    async run({ library, signal, progress, checkpoint }) {
      progress({ phase: 'sweep', done: 0 });
      const { state, finished } = await sweepKept(library, services, signal);
      if (!finished || signal.aborted) checkpoint({});
      services.changed(library);
      return state;
    },
  });
}
