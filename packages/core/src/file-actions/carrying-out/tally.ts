import { type EndedStep, endedSteps, stepCounts, stepTotals } from '../../db/actions/progress.ts';
import { type Carried, MOST_NAMED, nothingCarried } from '../../domain/carried.ts';
import { showNative } from '../../domain/native-path.ts';
import type { StepKind, StepOutcome, StepState } from '../../domain/step.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { CarryProblems } from './protocol.ts';

const COPYING: readonly StepKind[] = ['copy', 'move'];

/** What came of a plan until now, steps of earlier stretches of its job among it. */
export class Tally {
  readonly #db: ReadConnection;
  readonly #plan: string;
  #total: { readonly steps: number; readonly bytes: number };
  #carried: Carried = nothingCarried();
  /** Of this stretch: steps that were done, renames aside, and bytes that were copied. */
  readonly worked = { steps: 0, bytes: 0 };
  #problems: CarryProblems = { count: 0, named: [] };

  /** `resumed`: what was done before counts too. `pathOf` says what a step is about, for people. */
  constructor(db: ReadConnection, plan: string, resumed: boolean, pathOf: (step: EndedStep) => string) {
    this.#db = db;
    this.#plan = plan;
    this.#total = stepTotals(db, plan);
    if (!resumed) return;
    const { done, skipped, failed, bytes } = stepCounts(db, plan);
    if (done + skipped + failed === 0) return;
    const named: EndedStep[] = [];
    for (const step of endedSteps(db, plan)) {
      if (step.outcome?.hash) this.#carried.verified++;
      if (step.outcome?.existed) this.#carried.merged++;
      if (step.outcome?.lost || (step.state === 'failed' && step.outcome?.error)) {
        if (named.length < 2 * MOST_NAMED) named.push(step);
        else this.#note(step.state, step.outcome);
      }
    }
    // Their paths are looked up in the database, which the loop above was reading from.
    for (const step of named) this.#note(step.state, step.outcome, pathOf(step));
    this.#carried = { ...this.#carried, done, skipped, failed, bytes };
  }

  get total(): { readonly steps: number; readonly bytes: number } {
    return this.#total;
  }

  /** The plan has other steps by now. */
  recount(): void {
    this.#total = stepTotals(this.#db, this.#plan);
  }

  get carried(): Carried {
    return this.#carried;
  }
  get problems(): CarryProblems {
    return this.#problems;
  }
  get settled(): number {
    const { done, skipped, failed } = this.#carried;
    return done + skipped + failed;
  }

  /** `size`: of the step's file. */
  add(
    { kind, state, outcome }: { kind: StepKind; state: StepState; outcome: StepOutcome },
    size: number,
    path: string,
  ): void {
    if (state === 'done' || state === 'skipped' || state === 'failed') this.#carried[state]++;
    if (state === 'done' && COPYING.includes(kind)) {
      this.#carried.bytes += size;
      this.worked.bytes += size;
    }
    if (state === 'done' && kind !== 'rename') this.worked.steps++;
    if (state === 'done' && outcome.hash) this.#carried.verified++;
    if (state === 'done' && outcome.existed) this.#carried.merged++;
    this.#note(state, outcome, path);
  }

  /** What of a folder could not be taken over is known later than the folder is made. */
  lost(lost: readonly string[], path: string): void {
    if (lost.length > 0) this.#note('done', { lost }, path);
  }

  #note(state: StepState, { lost, error }: StepOutcome = {}, path = ''): void {
    if (lost && lost.length > 0) {
      const all = this.#carried.lost;
      all.count++;
      if (all.named.length < MOST_NAMED) all.named.push({ item: showNative(path), lost: lost.slice(0, 20) });
    }
    if (state !== 'failed' || !error) return;
    const { count, named } = this.#problems;
    const problem = { item: showNative(path), reason: error.message };
    this.#problems = { count: count + 1, named: named.length < MOST_NAMED ? [...named, problem] : named };
  }
}
