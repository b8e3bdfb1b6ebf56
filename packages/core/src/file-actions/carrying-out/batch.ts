import type { FoundStep } from '../../db/actions/steps.ts';
import { SdError, asSdError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { MOST_STEPS } from './batch-size.ts';
import type { CopyTeam } from './copy-team.ts';
import { failedStep } from './failed-step.ts';
import { Portion } from './portion.ts';
import { Preparing, isPreparedBefore, takesTime } from './preparing.ts';
import { withReadBack } from './reading-back.ts';
import type { StepQueue } from './step-queue.ts';
import { discardFresh } from './temporaries.ts';
import { TouchedPaths } from './touched-paths.ts';
import type { CarryWorld, Ready, Settled } from './world.ts';

/** A batch also ends after so long, or so many bytes. */
const MOST_MS = 250;
const MOST_BYTES = 64 * 2 ** 20;
/** Steps whose copies are made together. */
const PORTION = 250;
/** So many of them are begun before they are waited for: the other thread is never without. */
const PORTIONS_AHEAD = 2;

/** Steps that are prepared together. */
export interface Batch {
  readonly ready: readonly Ready[];
  readonly settled: readonly Settled[];
  /** `finished`: there are no more steps that are wanted. */
  readonly end: 'more' | 'stopped' | 'finished';
  /** Why no more of them could be prepared. */
  readonly failure?: SdError | undefined;
}

export interface BatchParts {
  readonly world: CarryWorld;
  readonly team: CopyTeam;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** In their order; the first that is not wanted ends them. */
  readonly steps: StepQueue;
  wanted(step: FoundStep): boolean;
  /** A step came to its end: those that follow are to know of it. */
  settle(settled: Settled): void;
}

/** Prepares as many steps as make a batch, a portion at a time: what each needs is found out, then its copies are made. */
export class BatchInPreparation {
  readonly #parts: BatchParts;
  readonly #preparing: Preparing;
  readonly #touched: TouchedPaths;
  readonly #until: number;
  readonly #ready: Ready[] = [];
  readonly #settled: Settled[] = [];
  /** Whose copies are being made. */
  readonly #portions: Portion[] = [];
  #steps = 0;
  #bytes = 0;
  #end: Batch['end'] | undefined;
  #failure: SdError | undefined;

  constructor(parts: BatchParts) {
    this.#parts = parts;
    this.#preparing = new Preparing(parts.world);
    this.#touched = new TouchedPaths(parts.world);
    this.#until = parts.clock.monotonic() + MOST_MS;
  }

  /** Has the first copies begun by the other thread. Reads no bytes, takes a few milliseconds, and never throws. */
  begin(): this {
    while (!this.#end && this.#portions.length < PORTIONS_AHEAD && this.#fill(takesTime) > 0);
    return this;
  }

  async whole(): Promise<Batch> {
    while (this.#portions.length > 0 || !this.#end) {
      while (!this.#end && this.#portions.length < PORTIONS_AHEAD) this.#fill(() => false);
      await this.#complete();
    }
    const whole = withReadBack(this.#parts, this.#ready);
    return {
      ready: whole.ready,
      settled: [...this.#settled, ...whole.settled],
      end: whole.stopped ? 'stopped' : (this.#end ?? 'more'),
      failure: whole.failure ?? this.#failure,
    };
  }

  /** Takes away what was made for it. */
  async abandon(): Promise<void> {
    await this.#abandonPortions();
    discardFresh(this.#parts.world, this.#ready);
  }

  /** `leave`: those that are left for the next portion. Answers how many steps it has. */
  #fill(leave: (step: FoundStep) => boolean): number {
    const portion = new Portion(this.#parts);
    this.#portions.push(portion);
    try {
      this.#parts.world.places.check();
      this.#plan(portion, leave);
    } catch (error) {
      this.#stop('more', asSdError(error));
    }
    portion.begin();
    return portion.steps;
  }

  #plan(portion: Portion, leave: (step: FoundStep) => boolean): void {
    const { world, steps, wanted, clock } = this.#parts;
    while (portion.steps < PORTION) {
      const step = steps.next();
      if (!step || !wanted(step)) return this.#stop('finished');
      if (world.stopped()) return this.#stop('stopped');
      if (isPreparedBefore(step) && (this.#depends(step) || this.#preparing.hasToWait(step))) return this.#stop('more');
      const isLong = this.#bytes >= MOST_BYTES || clock.monotonic() > this.#until;
      if (this.#steps >= MOST_STEPS || (isLong && this.#steps > 0)) return this.#stop('more');
      if (leave(step)) return;
      steps.take();
      this.#steps++;
      if (!this.#prepare(portion, step)) return;
    }
  }

  /** Answers whether there may be more. */
  #prepare(portion: Portion, step: FoundStep): boolean {
    const { world } = this.#parts;
    try {
      const prepared = this.#preparing.prepare(step);
      if (!prepared) {
        this.#stop('stopped');
        return false;
      }
      portion.add(prepared);
      if ('task' in prepared) this.#bytes += prepared.task.size;
      if (world.buildsOnItself) this.#touched.add(step);
    } catch (error) {
      const failed = failedStep(world, step, error);
      if (failed instanceof SdError) {
        this.#stop('more', failed);
        return false;
      }
      portion.add(failed);
    }
    return true;
  }

  /** The first of the portions. What was begun after one that ends the batch is taken away. */
  async #complete(): Promise<void> {
    const { ready, settled, stopped, failure } = (await this.#portions.shift()?.whole()) ?? { ready: [], settled: [] };
    this.#ready.push(...ready);
    this.#settled.push(...settled);
    if (!failure && !stopped) return;
    await this.#abandonPortions();
    // What ended the planning was said of steps that come later.
    this.#end = failure ? 'more' : 'stopped';
    this.#failure = failure;
  }

  async #abandonPortions(): Promise<void> {
    for (const portion of this.#portions) portion.leave();
    const left = await Promise.all(this.#portions.splice(0).map((portion) => portion.whole()));
    for (const { ready, settled } of left.toReversed()) {
      discardFresh(this.#parts.world, ready);
      this.#settled.push(...settled);
    }
  }

  #stop(end: Batch['end'], failure?: SdError): void {
    this.#end = end;
    this.#failure = failure ?? this.#failure;
  }

  /** What is prepared is looked at as the disk is now: what the steps before it have to do first is not done yet. */
  #depends(step: FoundStep): boolean {
    return this.#parts.world.buildsOnItself && this.#touched.has(step);
  }
}
