import { type FoundStep, findStep, unfinishedSteps, updateStep } from '../../db/actions/steps.ts';
import type { StepProgress } from '../../domain/step.ts';
import type { Connection } from '../../ports/sqlite.ts';
import type { Ready, Settled } from './world.ts';

/** Steps that are read ahead. */
const PAGE = 500;

/** How the steps of a plan went, in `actions.db`, and what of it is not there yet. */
export class Journal {
  readonly #db: Connection;
  readonly #plan: string;
  /** Steps that came to their end and are not written yet: those that follow are about what came of them. */
  readonly #settled = new Map<number, FoundStep>();

  constructor(db: Connection, plan: string) {
    this.#db = db;
    this.#plan = plan;
  }

  /** A step as it is by now. */
  find(seq: number): FoundStep | undefined {
    return this.#settled.get(seq) ?? findStep(this.#db, this.#plan, seq);
  }

  /** Steps from `from` on that have not come to their end, in their order. Nothing is written while it is gone through. */
  *unfinished(from: number): Generator<FoundStep> {
    for (let next = from; ;) {
      const page = unfinishedSteps(this.#db, this.#plan, next, PAGE);
      const last = page.at(-1);
      if (!last) return;
      yield* page;
      next = last.seq + 1;
    }
  }

  /** They are about to be done; what lies under temporary names is known by its inode from now on. */
  begin(ready: readonly Ready[]): void {
    this.#write(
      ready.map(({ step, made }) => ({
        seq: step.seq,
        state: 'doing' as const,
        temporary: made?.facts.inode ?? step.temporary,
        outcome: made
          ? {
              ...(made.copied ? { how: made.copied.how, lost: made.copied.lost } : {}),
              ...(made.hash ? { hash: made.hash } : {}),
            }
          : step.outcome,
      })),
    );
  }

  /** They were not done after all, and nothing of them is left. */
  giveUp(ready: readonly Ready[]): void {
    this.#write(ready.map(({ step: { seq } }) => ({ seq, state: 'waiting' as const })));
  }

  /** Known from now on, written by `flush`. */
  settled({ step, state, outcome }: Settled): void {
    this.#settled.set(step.seq, { ...step, state, outcome });
  }

  flush(): void {
    this.#write([...this.#settled.values()].map(({ seq, state, outcome }) => ({ seq, state, outcome })));
    this.#settled.clear();
  }

  /** What was settled since the last `flush` is as it was before: the disk will say how far it came. */
  forget(): void {
    this.#settled.clear();
  }

  #write(steps: readonly StepProgress[]): void {
    if (steps.length === 0) return;
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const step of steps) updateStep(this.#db, this.#plan, step);
      this.#db.exec('COMMIT');
    } catch (error) {
      rollback(this.#db);
      throw error;
    }
  }
}

/** A failed COMMIT may already have rolled back; what counts is the error that led here. */
function rollback(db: Connection): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // no transaction is open any more
  }
}
