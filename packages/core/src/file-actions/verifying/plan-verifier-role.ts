import { findPlan } from '../../db/actions/plans.ts';
import { stepCounts, stepTotals } from '../../db/actions/progress.ts';
import { type FoundStep, findStep, stepsFrom } from '../../db/actions/steps.ts';
import { trashedByUuid } from '../../db/library/trashed-places.ts';
import { SdError } from '../../errors.ts';
import type { ThreadPlatform } from '../../platform.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WorkerPort } from '../../ports/workers.ts';
import { answerThreadTask } from '../../thread-task.ts';
import { ContentReader } from '../carrying-out/content-reader.ts';
import { planHeadOf } from '../plan-head.ts';
import { StepPaths } from '../step-paths.ts';
import { Findings } from './findings.ts';
import type { IndexLook, IndexLookParts } from './index-look.ts';
import type { VerifyPlanProgress, VerifyPlanRequest, VerifyPlanState } from './protocol.ts';
import { type StepCheckParts, checkStep } from './step-check.ts';

/** Steps that are read in one go. */
const PAGE = 1_000;

export interface PlanVerifierHelp {
  indexLook(parts: IndexLookParts): IndexLook;
}

/** The thread that reads back what a plan did: runs the one request it is sent. */
export function planVerifierRole({ indexLook }: PlanVerifierHelp) {
  return (platform: ThreadPlatform, port: WorkerPort): void => {
    const { files, hashing, sqlite, clock } = platform;
    answerThreadTask<VerifyPlanRequest, VerifyPlanState, VerifyPlanProgress>(port, clock, (task) => {
      const { library, actionsPath, plan, hash } = task.request;
      const actions = sqlite.open({ path: actionsPath, key: library.key, mode: 'read', cacheKiB: 2048 });
      const db = sqlite.open({ path: library.databasePath, key: library.key, mode: 'read', cacheKiB: 2048 });
      try {
        const row = findPlan(actions, plan);
        if (!row) throw new SdError('NOT_FOUND', 'what that action did is not kept any more');
        const findings = new Findings();
        const content = new ContentReader(files, hashing);
        const takenOn = planHeadOf(row).buildsOnItself ? takenOnBy(actions, plan) : new Map<string, number>();
        const parts: StepCheckParts = {
          files,
          findings,
          paths: new StepPaths((seq) => findStep(actions, plan, seq)),
          index: indexLook({ db, files, library }),
          trashed: (uuid) => trashedByUuid(db, uuid)?.place,
          hash: (path, size) => (hash ? content.hash(path, size, () => !task.stopped()) : undefined),
          isTakenOn: (path, seq) => (takenOn.get(path) ?? -1) > seq,
        };
        let checked = 0;
        for (const step of doneSteps(actions, plan)) {
          if (task.stopped()) break;
          checkStep(parts, step);
          task.progress({ checked: ++checked });
        }
        const [{ steps }, { done, skipped, failed }] = [stepTotals(actions, plan), stepCounts(actions, plan)];
        const left = steps - done - skipped - failed;
        const { differing, read, same, observed } = findings;
        const state = { left, skipped, failed, checked, differing, read, same, observed };
        return { state, finished: !task.stopped() };
      } finally {
        db.close();
        actions.close();
      }
    });
  };
}

/** Page by page: what a step is about is looked up in the same database. */
function* doneSteps(actions: ReadConnection, plan: string): Generator<FoundStep> {
  for (let from = 0; ;) {
    const page: FoundStep[] = [];
    for (const step of stepsFrom(actions, plan, from)) if (page.push(step) === PAGE) break;
    yield* page.filter(({ state }) => state === 'done');
    const last = page.at(-1);
    if (!last) return;
    from = last.seq + 1;
  }
}

/** Paths that steps have taken something away from, with the last that did. */
function takenOnBy(actions: ReadConnection, plan: string): Map<string, number> {
  const paths = new StepPaths((seq) => findStep(actions, plan, seq));
  const taken = new Map<string, number>();
  for (const step of doneSteps(actions, plan)) {
    const { source, target } = paths.of(step);
    if (source !== undefined && step.kind !== 'copy') taken.set(source, step.seq);
    if (step.outcome?.replaced !== undefined && target !== undefined) taken.set(target, step.seq);
  }
  return taken;
}
