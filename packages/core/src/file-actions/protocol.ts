import type { Decisions } from '../domain/plan.ts';
import type { ConflictPolicy, StepFacts, StepKind, StepTimes } from '../domain/step.ts';
import type { PlainError } from '../errors.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import type { DedupeChoice } from '../deduplicating/choice.ts';
import type { MadePlan } from './file-actions.ts';

/**
 * What a plan is asked for. Sources and targets are addresses as the client gave them: `local://…`, `content://…` or a
 * plain path; the planner finds what they mean. Times in microseconds since the epoch.
 */
export type PlanRequest =
  | TransferRequest
  | {
      readonly operation: 'entries.rename';
      readonly source: string;
      readonly name: string;
      readonly on_conflict: ConflictPolicy;
    }
  | { readonly operation: 'entries.create_folder'; readonly target: string; readonly parents: boolean }
  | { readonly operation: 'entries.create_file'; readonly target: string; readonly parents: boolean }
  | { readonly operation: 'entries.trash' | 'entries.delete'; readonly sources: readonly string[] }
  | RestoreRequest
  | { readonly operation: 'entries.set_times'; readonly sources: readonly string[]; readonly times: StepTimes }
  | InverseRequest
  | DedupeRequest;

export interface TransferRequest {
  readonly operation: 'entries.copy' | 'entries.move';
  readonly sources: readonly string[];
  /** A folder that is there: into it. Else, of one source: the name it gets in a folder that is there. */
  readonly to: string;
  readonly on_conflict: ConflictPolicy;
  /** Verifying it reads every file whole. */
  readonly hash?: boolean;
}

export interface RestoreRequest {
  readonly operation: 'entries.restore';
  /** UUIDs in `trashed`; paths as they were; or all that one action put into the trash. */
  readonly items: readonly string[];
  readonly receipt?: string | undefined;
  /** A folder for them to come to, in place of where they were. */
  readonly to?: string | undefined;
  readonly on_conflict: ConflictPolicy;
}

/** Takes back what a committed plan has done: its steps are made in the thread, by the function `worker.ts` passes in. */
export interface InverseRequest {
  readonly operation: 'history.undo' | 'history.redo';
  readonly summary: string;
  /** The plan whose done steps are taken back. */
  readonly plan: string;
  /** Receipt of its action. */
  readonly undoes: string;
}

/** Copies that go: which they are is decided in the thread, by the function `worker.ts` passes in. */
export interface DedupeRequest {
  readonly operation: 'content.dedupe';
  readonly choice: DedupeChoice;
}

/** One step, by native paths. In a plan of them each stands by itself: paths are as they are once those before it are done. */
export interface GivenStep {
  readonly kind: StepKind;
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  /** What has to be at the source (of copies that go: and at the target, by `expectThere`): else no plan is made. */
  readonly expect?: Partial<StepFacts> | undefined;
  readonly expectThere?: Partial<StepFacts> | undefined;
  readonly entry?: number | undefined;
  readonly times?: StepTimes | undefined;
  /** UUID in `trashed`: of what `restore` brings back; of what `trash` puts back there. */
  readonly trashed?: string | undefined;
  /** Of `restore`: the file that it went to the trash as a copy of. */
  readonly kept?: string | undefined;
  /** Of `trash`: what all its bytes must hash to; of `restore`: had to. */
  readonly hash?: Uint8Array | undefined;
}

/** A mounted file system as the planner needs it. */
export interface PlannerMount {
  /** Native path. */
  readonly path: string;
  readonly superblock: number;
  /** Which file system it is, also after it was mounted again. */
  readonly identity: string;
  readonly fileSystem: string;
  readonly virtual: boolean;
  readonly network: boolean;
  readonly readOnly: boolean;
  readonly copyOnWrite: boolean;
  /** By the last speed test, in bytes a second. */
  readonly readSpeed?: number;
  readonly writeSpeed?: number;
}

/** What the thread has to know of this machine at the moment of asking. */
export interface PlannerWorld {
  readonly device: { readonly id: string; readonly slug: string };
  /** In the order in which they were mounted; empty where the system does not say. */
  readonly mounts: readonly PlannerMount[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface PlannerLibrary extends LibraryAccess {
  /** Native path of the `.sdlibrary` folder. */
  readonly folder: string;
}

/** What the main thread asks of a planner thread, one after the other. */
export type PlannerRequest =
  | {
      readonly type: 'plan';
      readonly library: PlannerLibrary;
      readonly world: PlannerWorld;
      /** UUID that the plan gets. */
      readonly plan: string;
      readonly request: PlanRequest;
    }
  | {
      readonly type: 'commit';
      readonly library: PlannerLibrary;
      readonly world: PlannerWorld;
      readonly plan: string;
      readonly decisions: Decisions;
      readonly receipt: string;
      readonly client: string;
    }
  | { readonly type: 'forget'; readonly library: PlannerLibrary; readonly plans: readonly string[] }
  | { readonly type: 'close'; readonly library: string };

export type PlannerMessage = PlannerRequest & { readonly id: number; readonly cancelled: SharedArrayBuffer };

/** `steps` that were written by now, of a plan that is being made. */
export type PlannerAnswer =
  | { readonly id: number; readonly type: 'progress'; readonly steps: number }
  | { readonly id: number; readonly type: 'done'; readonly made?: MadePlan }
  | { readonly id: number; readonly type: 'failed'; readonly error: PlainError };
