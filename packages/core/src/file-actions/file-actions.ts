import type { JobInfo } from '../jobs/job-manager.ts';
import type { Library, LibraryRead } from '../libraries/library.ts';
import type { Decisions, Plan, Verification } from '../domain/plan.ts';
import type { PlanRequest } from './protocol.ts';

/** A plan that is kept in `actions.db` with all its steps. */
export interface MadePlan {
  /** UUID. */
  readonly id: string;
  /** With the first page of its steps and of its conflicts. */
  readonly plan: Plan;
}

export interface CommitRequest {
  readonly plan: string;
  readonly decisions: Decisions;
  /** Of the action that commits it. */
  readonly receipt: string;
  /** The client's name. */
  readonly client: string;
}

export interface StartedPlan {
  readonly plan_id: string;
  readonly summary: string;
  /** The same, once it is done. */
  readonly done: string;
  readonly steps: number;
  readonly job: JobInfo;
  /** Receipt of the action it takes back. */
  readonly undoes?: string;
}

/** Makes plans of what would change on disk. Changes nothing there. */
export interface FilePlans {
  /**
   * Looks at the disk, writes the steps into `actions.db` and answers the plan. Throws what the request is refused for:
   * `NOT_FOUND`, `CONFLICT`, `ALREADY_EXISTS`, `NOT_A_FOLDER`, `NOT_WRITABLE`, `NOT_READABLE`, `OFFLINE`,
   * `INVALID_INPUT`, `LIMIT`, `UNAVAILABLE`, and `CANCELLED`.
   */
  plan(library: Pick<LibraryRead, 'id'>, request: PlanRequest, signal: AbortSignal): Promise<MadePlan>;
  /** Looks again at what a plan that was carried out has left, on disk and in the index. */
  verify(library: Pick<LibraryRead, 'id'>, plan: string, signal: AbortSignal): Promise<Verification>;
}

export interface FileActions extends FilePlans {
  /**
   * Looks at every source and target again, marks the plan committed, and starts the job that carries it out. Throws
   * `PLAN_NOT_FOUND`, `PLAN_STALE` with what `changed`, `CONFIRMATION_NEEDED` with the conflicts that are not decided,
   * `INVALID_INPUT` for a decision that fits none, and `DISK_FULL` where there is no room for it.
   */
  commit(library: Library, request: CommitRequest): Promise<StartedPlan>;
}
