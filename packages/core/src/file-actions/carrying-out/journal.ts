import { type BegunStep, asBegun, begunSteps, replaceBegunSteps } from '../../db/actions/begun.ts';
import { type StepEnd, insertOutcomes } from '../../db/actions/outcomes.ts';
import { type FoundStep, findStep, unfinishedSteps } from '../../db/actions/steps.ts';
import type { Connection } from '../../ports/sqlite.ts';
import type { Inodes } from './inodes.ts';
import type { Ready, Settled } from './world.ts';

/** Steps that are read ahead. */
const PAGE = 500;

/** How the steps of a plan went, in `actions.db`, and what of it is not there yet. */
export class Journal {
  readonly #db: Connection;
  readonly #plan: string;
  readonly #inodes: Inodes;
  /** Steps that came to their end and are not written yet: those that follow are about what came of them. */
  readonly #settled = new Map<number, FoundStep & StepEnd>();
  /** As they are written. */
  #begun: ReadonlyMap<number, BegunStep>;

  constructor(db: Connection, plan: string, inodes: Inodes) {
    this.#db = db;
    this.#plan = plan;
    this.#begun = begunSteps(db, plan);
    this.#inodes = inodes;
  }

  /** A step as it is by now. */
  find(seq: number): FoundStep | undefined {
    const settled = this.#settled.get(seq);
    if (settled) return settled;
    const found = findStep(this.#db, this.#plan, seq);
    return found && asBegun(found, this.#begun);
  }

  /** Steps from `from` on that have not come to their end, in their order, as they were when their page was read. */
  *unfinished(from: number): Generator<FoundStep> {
    for (let next = from; ;) {
      const page = unfinishedSteps(this.#db, this.#plan, next, PAGE);
      const last = page.at(-1);
      if (!last) return;
      for (const step of page) yield asBegun(step, this.#begun);
      next = last.seq + 1;
    }
  }

  /** They are about to be done; what lies under temporary names is known by its inode from now on. */
  begin(ready: readonly Ready[]): void {
    const begun = new Map(this.#begun);
    for (const { step, made } of ready)
      begun.set(step.seq, made ? begunOf(made, this.#inodes) : { temporary: step.temporary, outcome: step.outcome });
    this.#write([], begun);
  }

  /** They were not done after all, and nothing of them is left. */
  giveUp(ready: readonly Ready[]): void {
    const begun = new Map(this.#begun);
    for (const { step } of ready) begun.delete(step.seq);
    this.#write([], begun);
  }

  /** Known from now on, written by `flush`. */
  settled({ step, state, outcome }: Settled): void {
    this.#settled.set(step.seq, { ...step, state, outcome });
  }

  flush(): void {
    if (this.#settled.size === 0) return;
    const begun = new Map(this.#begun);
    for (const seq of this.#settled.keys()) begun.delete(seq);
    this.#write([...this.#settled.values()], begun);
    this.#settled.clear();
  }

  /** What was settled since the last `flush` is as it was before: the disk will say how far it came. */
  forget(): void {
    this.#settled.clear();
  }

  #write(ends: readonly StepEnd[], begun: ReadonlyMap<number, BegunStep>): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      insertOutcomes(this.#db, this.#plan, ends);
      replaceBegunSteps(this.#db, this.#plan, begun);
      this.#db.exec('COMMIT');
    } catch (error) {
      rollback(this.#db);
      throw error;
    }
    this.#begun = begun;
  }
}

function begunOf({ path, facts, copied, hash }: NonNullable<Ready['made']>, inodes: Inodes): BegunStep {
  const outcome = { ...(copied ? { how: copied.how, lost: copied.lost } : {}), ...(hash ? { hash } : {}) };
  return { temporary: inodes.lasting(path, facts).inode, outcome };
}

/** A failed COMMIT may already have rolled back; what counts is the error that led here. */
function rollback(db: Connection): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // no transaction is open any more
  }
}
