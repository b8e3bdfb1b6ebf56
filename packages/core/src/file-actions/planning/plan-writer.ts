import { insertSteps } from '../../db/actions/steps.ts';
import { FOLDER } from '../../domain/entry.ts';
import type { ConflictKind, Step, StepFacts } from '../../domain/step.ts';
import type { Connection } from '../../ports/sqlite.ts';
import { NO_INODE } from '../../domain/same-inode.ts';

/** So many steps are written in one transaction: a few milliseconds, for which others who write wait. */
const BATCH = 1_000;

/** A step before it has its number. */
export type NewStep = Omit<Step, 'seq' | 'conflict'> & { readonly conflict?: ConflictKind };

export interface WriterParts {
  readonly actions: Connection;
  readonly plan: string;
  keepsInodes(device: number): boolean;
  checkCancelled(): void;
  progress(steps: number): void;
}

/** Numbers the steps of a plan in the order in which they come, and writes them batch by batch. */
export class PlanWriter {
  readonly totals = { steps: 0, conflicts: 0, files: 0, folders: 0, bytes: 0 };
  /** Steps that are more than another name for what is there. */
  working = 0;
  readonly #parts: WriterParts;
  #batch: Step[] = [];

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  /** Answers its number. */
  add(step: NewStep): number {
    const seq = this.totals.steps++;
    const conflict = step.conflict ?? 'none';
    if (conflict !== 'none') this.totals.conflicts++;
    if (step.kind !== 'rename') this.working++;
    this.#batch.push({
      ...step,
      facts: this.#comparable(step.facts),
      ...(step.there ? { there: this.#comparable(step.there) } : {}),
      seq,
      conflict,
    });
    if (this.#batch.length >= BATCH) this.flush();
    return seq;
  }

  /** Counts what a step is about. `bytes` are those that are written anew. */
  count({ type }: Pick<StepFacts, 'type'>, bytes = 0): void {
    if (type === FOLDER) this.totals.folders++;
    else this.totals.files++;
    this.totals.bytes += bytes;
  }
  /** The same for all that is below a folder, in one go. */
  countBelow({ files, folders }: { readonly files: number; readonly folders: number }): void {
    this.totals.files += files;
    this.totals.folders += folders;
  }

  /** Without the inode, where the file may have another one by the time it is looked at again. */
  #comparable(facts: StepFacts): StepFacts {
    return this.#parts.keepsInodes(facts.device) ? facts : { ...facts, inode: NO_INODE };
  }

  flush(): void {
    const { actions, plan, checkCancelled, progress } = this.#parts;
    checkCancelled();
    if (this.#batch.length === 0) return;
    actions.exec('BEGIN IMMEDIATE');
    try {
      insertSteps(actions, plan, this.#batch);
      actions.exec('COMMIT');
    } catch (error) {
      actions.exec('ROLLBACK');
      throw error;
    }
    this.#batch = [];
    progress(this.totals.steps);
  }
}

/** Of something new. */
export function newFacts(type: number, device: number): StepFacts {
  return { type, size: 0, mtime: 0, inode: 0, device };
}
