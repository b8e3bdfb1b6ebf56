import type { LibraryAccess } from '../../libraries/library.ts';
import type { Verification } from '../../domain/plan.ts';

/** What a thread is asked that reads back what a plan did. */
export interface VerifyPlanRequest {
  readonly library: LibraryAccess;
  /** Native path of `actions.db`. */
  readonly actionsPath: string;
  /** UUID. */
  readonly plan: string;
  /** Files are read whole, and compared with what they are copies of. */
  readonly hash: boolean;
  readonly stop: SharedArrayBuffer;
}

export interface VerifyPlanState {
  /** Steps that have not come to their end. */
  readonly left: number;
  readonly skipped: number;
  readonly failed: number;
  readonly checked: number;
  /** Steps that are not as they were left, all of them, and what was seen of the first. */
  readonly differing: number;
  /** Files that were read whole, and those of them that have the bytes they should. */
  readonly read: number;
  readonly same: number;
  readonly observed: Verification['observed'];
}

export interface VerifyPlanProgress {
  readonly checked: number;
}
