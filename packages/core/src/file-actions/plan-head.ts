import type { PlanRow } from '../db/actions/plans.ts';
import type { ConflictPolicy } from '../domain/step.ts';
import type { PlanTotals } from '../domain/plan.ts';

/** What is kept of a plan beside its steps, in the column `totals`. */
export interface PlanHead {
  /** What it would do, in a sentence. */
  readonly summary: string;
  readonly totals: PlanTotals;
  readonly warnings: readonly string[];
  /** For conflicts that nobody decides. */
  readonly policy: ConflictPolicy;
  /** Bytes it is about where none are written. */
  readonly bytes?: number;
  /** A folder on the file system on which all that is copied has to fit; absent where copies share their bytes. */
  readonly room?: string;
  /** What is copied, from which file system to which: how long that takes is remembered under it. */
  readonly route?: string;
  /** Steps suppose what those before them have done. */
  readonly buildsOnItself?: true;
}

export function planHeadOf(row: Pick<PlanRow, 'totals'>): PlanHead {
  return row.totals as PlanHead;
}
