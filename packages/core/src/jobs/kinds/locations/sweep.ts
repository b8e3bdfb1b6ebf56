import { z } from 'zod';
import type { IndexTurns } from '../../../indexing/index-turn.ts';
import { sweepRoot } from '../../../indexing/sweep-run.ts';
import type { Library } from '../../../libraries/library.ts';
import type { Workers } from '../../../ports/workers.ts';
import { type JobKind, jobKind } from '../../kind.ts';

export interface SweepServices {
  readonly workers: Workers;
  readonly turns: IndexTurns;
  changed(library: Library): void;
}

export function sweepLocation(services: SweepServices): JobKind {
  return jobKind({
    name: 'locations.sweep',
    version: 1,
    summary: 'Removes from the index what a removed location held.',
    input: z.object({ root_entry: z.int() }),
    state: z.object({}),
    begin: () => ({}),
    priority: 'background',
    exclusive: () => 'index',
    async run(context) {
      const { library, input } = context;
      // A root that a location still holds is none of ours, whatever asked for this.
      if (library.db.prepare('SELECT 1 FROM locations WHERE root_entry_id = ?').get(input.root_entry)) return {};
      context.progress({ phase: 'sweep', done: 0 });
      const endTurn = await services.turns.take(library.id, context.signal);
      try {
        if (endTurn) await sweepRoot(library, input.root_entry, { workers: services.workers, signal: context.signal });
      } finally {
        endTurn?.();
        services.changed(library);
        if (context.stopping()) context.checkpoint({});
      }
      return {};
    },
  });
}
