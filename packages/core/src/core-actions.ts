import { assembleCarryingOut } from './core-carrying-out.ts';
import { type PlanningParts, assembleFileActions } from './core-file-actions.ts';
import { topPaths } from './db/actions/progress.ts';
import type { PlanEnd } from './domain/carried.ts';
import type { Carriers } from './file-actions/carrying-out/carriers.ts';
import type { FileActionsService } from './file-actions/file-actions-service.ts';
import { planVerifier } from './file-actions/verifying/verify-plan.ts';
import { ActionOutcomes } from './history/action-outcomes.ts';
import type { ActiveScans } from './indexing/active-scans.ts';
import type { IndexTurns } from './indexing/index-turn.ts';
import type { JobManager } from './jobs/job-manager.ts';
import type { Library, OpenLibrary } from './libraries/library.ts';
import type { PassedReport } from './watching/protocol.ts';

export interface ActionsParts extends PlanningParts {
  readonly turns: IndexTurns;
  readonly scans: ActiveScans;
  /** It begins after this. */
  jobs(): Pick<JobManager, 'enqueue' | 'info'>;
  /** Throws where it is not open. */
  library(id: string): OpenLibrary;
  /** What came into the index by our own doing. */
  tell(library: Library, report: PassedReport): void;
}

/** Actions on files from their plan to their outcome: who plans, who carries out, who notes what came of it. */
export interface Actions {
  readonly fileActions: FileActionsService;
  readonly carriers: Carriers;
  readonly outcomes: ActionOutcomes;
  planEnded(library: Library, end: PlanEnd): Promise<void>;
  stop(): Promise<void>;
}

export function assembleActions(parts: ActionsParts): Actions {
  const { workers, clock, log, events, library: open } = parts;
  const planEnded = async (library: Library, end: PlanEnd): Promise<void> => {
    fileActions.ended(library.id, end);
    await outcomes.planEnded(library.id, end);
  };
  const plans = (library: Library) => stores.of(library.id);
  const carrying = assembleCarryingOut({ ...parts, plans, planEnded });
  const outcomes = new ActionOutcomes({
    events,
    clock,
    log,
    library: open,
    job: (id) => parts.jobs().info(id),
    targets: (library, plan) => topPaths(plans(library), plan, 50),
    forgetPlans: (library, ids) => fileActions.forget(library.id, ids),
  });
  const planning = assembleFileActions({
    ...parts,
    enqueue: async (request, receipt) => {
      const job = await parts.jobs().enqueue(request);
      await outcomes.hasJob(request.library, receipt, job.id);
      return job;
    },
    made: (library) => carrying.carriers.warm(library),
    verify: planVerifier({ workers, clock, plans, jobs: { info: (id) => parts.jobs().info(id) } }),
    record: (library, action) => outcomes.planned(library.id, action),
  });
  const { fileActions, stores } = planning;
  return {
    fileActions,
    carriers: carrying.carriers,
    outcomes,
    planEnded,
    stop: async () => {
      outcomes.stop();
      await planning.stop();
      await carrying.stop();
    },
  };
}
