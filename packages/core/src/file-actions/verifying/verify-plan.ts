import { ACTIONS_FILE } from '../../db/actions/open.ts';
import { findPlan } from '../../db/actions/plans.ts';
import { SdError } from '../../errors.ts';
import type { JobDirectory } from '../../jobs/job-manager.ts';
import type { Library } from '../../libraries/library.ts';
import type { Verification } from '../../domain/plan.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { Workers } from '../../ports/workers.ts';
import { runThreadTask } from '../../thread-task.ts';
import type { VerifyPlanProgress, VerifyPlanState } from './protocol.ts';

export interface VerifyPlanParts {
  readonly workers: Workers;
  readonly clock: Clock;
  /** `actions.db`. */
  plans(library: Library): ReadConnection;
  readonly jobs: Pick<JobDirectory, 'info'>;
}

/**
 * Reads back what a plan did: what it brought is there, with that size and those times, what it took away is gone, and
 * the index says so too; where its request has `hash`, every file's bytes. Throws `NOT_FOUND`, `CANCELLED`.
 */
export function planVerifier({ workers, clock, plans, jobs }: VerifyPlanParts) {
  return async (library: Library, plan: string, signal: AbortSignal): Promise<Verification> => {
    const db = plans(library);
    const row = findPlan(db, plan);
    if (!row) throw new SdError('NOT_FOUND', 'what that action did is not kept any more');
    const { state, finished } = await runThreadTask<VerifyPlanState, VerifyPlanProgress>(
      workers.spawn('plan-verifier'),
      {
        library: library.access,
        actionsPath: `${library.folder}/${ACTIONS_FILE}`,
        plan,
        hash: (row.request as { hash?: boolean }).hash === true,
      },
      { signal, onSaved: () => {}, onProgress: () => {} },
      clock,
    );
    if (!finished) throw new SdError('CANCELLED', 'the verification was cancelled');
    const { left, skipped, failed } = state;
    const say = (what: string, expected: string, seen: string) => ({ what, expected, seen, ok: expected === seen });
    return {
      ok: left === 0 && failed === 0 && state.differing === 0,
      observed: [
        ...(left > 0 ? [say('steps not carried out', '0', `${left}, ${jobOf(row.job)}`)] : []),
        ...(skipped > 0 ? [say('steps skipped, as was chosen', String(skipped), String(skipped))] : []),
        say('steps that failed', '0', String(failed)),
        say('steps found as they were left', String(state.checked), String(state.checked - state.differing)),
        ...(state.read > 0 ? [say('files read whole and the same', String(state.read), String(state.same))] : []),
        ...state.observed,
      ],
    };
  };

  function jobOf(id: string | undefined): string {
    try {
      return id === undefined ? 'and it has no job' : `and the job is ${jobs.info(id).state}`;
    } catch {
      return 'and its job is forgotten';
    }
  }
}
