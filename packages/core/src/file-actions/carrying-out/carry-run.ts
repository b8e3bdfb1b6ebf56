import type { FoundStep } from '../../db/actions/steps.ts';
import type { SdError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Connection } from '../../ports/sqlite.ts';
import type { IndexFollower } from '../index-follower.ts';
import { type Batch, BatchInPreparation } from './batch.ts';
import type { CopyTeam } from './copy-team.ts';
import { enact } from './enacting.ts';
import { failedStep } from './failed-step.ts';
import { completeFolders } from './completing-folders.ts';
import type { Journal } from './journal.ts';
import { StepQueue } from './step-queue.ts';
import { discard, discardFresh } from './temporaries.ts';
import { hadEffect } from './recovering.ts';
import { apartOr, removesAbove, takeApart } from './taking-apart.ts';
import { sweepAfterCrash, sweepTrashAfterCrash } from './sweeping.ts';
import type { Tally } from './tally.ts';
import type { CarryWorld, Ready, Settled } from './world.ts';

export interface CarryParts {
  readonly world: CarryWorld;
  readonly team: CopyTeam;
  readonly db: Connection;
  readonly journal: Journal;
  readonly tally: Tally;
  readonly follower: IndexFollower;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Waits for the index; answers whether it is ours: then `turnOver` follows. */
  turn(): Promise<boolean>;
  turnOver(): void;
}

/** One plan, step by step from where it is to its end, or until it is told to stop. */
export class CarryRun {
  readonly #parts: CarryParts;
  readonly #world: CarryWorld;
  /** Steps before it came to their end. */
  #at = 0;

  constructor(parts: CarryParts) {
    this.#parts = parts;
    this.#world = parts.world;
  }

  /** Answers whether it came to its end. Throws what ends all of it. */
  async run(resumed: boolean): Promise<boolean> {
    if (resumed && !(await this.#settleBegun('go on'))) return false;
    const finished = (await this.#goOn(() => true)) && (await completeFolders(this.#parts));
    await this.#lookOnceMore();
    return finished;
  }

  /** Brings to its end what has had an effect, takes away what is half made, and goes no further. */
  async tidy(): Promise<void> {
    await this.#settleBegun('end');
    await completeFolders(this.#parts);
    await this.#lookOnceMore();
  }

  /** After a crash: what was about to be done is done, and what nobody has noted is taken away. */
  async #settleBegun(then: 'go on' | 'end'): Promise<boolean> {
    sweepTrashAfterCrash(this.#world, this.#parts.journal.unfinished(0));
    if (then === 'end') this.#takeBack();
    const settled = await this.#goOn(({ state }) => state === 'doing');
    if (settled) sweepAfterCrash(this.#world, this.#parts.journal.unfinished(this.#at));
    return settled;
  }

  /** Steps that were about to be done, and of which nothing shows, are not done. */
  #takeBack(): void {
    const { journal } = this.#parts;
    const back: Ready[] = [];
    for (const step of journal.unfinished(0)) {
      if (step.state !== 'doing') break;
      const found = hadEffect(this.#world, step);
      if (found !== 'effect') back.push(found);
    }
    for (const { made } of back.toReversed()) discard(this.#world, made);
    journal.giveUp(back);
  }

  /** Answers whether it came to the end of the steps that are `wanted`. */
  async #goOn(wanted: (step: FoundStep) => boolean): Promise<boolean> {
    const { world, team, clock, journal } = this.#parts;
    for (;;) {
      const steps = new StepQueue(journal.unfinished(this.#at));
      const settle = (one: Settled): void => journal.settled(one);
      const end = await this.#goThrough(() =>
        new BatchInPreparation({ world, team, clock, steps, wanted, settle }).begin(),
      );
      if (end !== 'apart') return end === 'finished';
    }
  }

  /** `apart`: there are further steps by now. */
  async #goThrough(prepare: () => BatchInPreparation): Promise<'finished' | 'stopped' | 'apart'> {
    for (let preparing = prepare(); ;) {
      const batch = await preparing.whole();
      const enacted = await this.#enactBatch(batch, prepare);
      if (batch.failure) throw batch.failure;
      if (enacted === 'stopped' || batch.end === 'stopped') return 'stopped';
      if (enacted === 'apart') return enacted;
      if (batch.end === 'finished') return 'finished';
      preparing = enacted ?? prepare();
    }
  }

  /**
   * Does what is prepared. As soon as it is at its place, the next batch is begun, with `prepare`: its files are copied
   * while the index follows, and while it is written what came of this one. `stopped`: the index could not be had.
   */
  async #enactBatch(
    { ready, settled, end, failure }: Batch,
    prepare: () => BatchInPreparation,
  ): Promise<BatchInPreparation | 'stopped' | 'apart' | undefined> {
    const all = [...settled];
    if (ready.length === 0) {
      this.#settle(all);
      return undefined;
    }
    this.#begin(ready);
    if (!(await this.#parts.turn())) {
      this.#giveUp(ready);
      this.#settle(all);
      return 'stopped';
    }
    const apart: FoundStep[] = [];
    let next: BatchInPreparation | undefined;
    try {
      const ended = this.#enactInTurn(ready, all, apart, () => {
        if (end === 'more' && !failure) next = prepare();
      });
      this.#settle(all);
      this.#takeApart(apart);
      if (ended) throw ended;
      return apart.length > 0 ? 'apart' : next;
    } catch (error) {
      await next?.abandon();
      throw error;
    }
  }

  /** With the index. Answers why it could not come to the last of them; `done` is called once they are at their place. */
  #enactInTurn(ready: readonly Ready[], settled: Settled[], apart: FoundStep[], done: () => void): SdError | undefined {
    const { follower, journal, turnOver } = this.#parts;
    try {
      const failure = this.#enact(ready, settled, apart);
      if (!failure && apart.length === 0) done();
      const changes = settled.flatMap((one) => one.changes);
      if (changes.length > 0) follower.follow(changes);
      return failure;
    } catch (error) {
      // The disk is ahead of the index: what was done is seen by it, and told, when the plan goes on.
      journal.forget();
      throw error;
    } finally {
      turnOver();
    }
  }

  /** Answers why it could not come to the last of them. `apart`: those that go piece by piece after all. */
  #enact(ready: readonly Ready[], settled: Settled[], apart: FoundStep[]): SdError | undefined {
    const left: Ready[] = [];
    for (const one of ready) {
      if (apart.length > 0 && removesAbove(this.#world, one.step, apart)) {
        this.#parts.journal.giveUp([one]);
        continue;
      }
      let result: Settled | SdError;
      try {
        result = enact(this.#world, one);
      } catch (error) {
        const why = apartOr(error, this.#world, one.step);
        if (why === 'apart') {
          apart.push(one.step);
          continue;
        }
        result = failedStep(this.#world, one.step, why);
      }
      if (!('state' in result)) return result;
      this.#parts.journal.settled(result);
      settled.push(result);
      if (result.state !== 'done' && one.made) left.push(one);
    }
    // Folders that did not get their names, now that what was made in them is gone.
    for (const { made } of left.toReversed()) discard(this.#world, made);
    return undefined;
  }

  #takeApart(steps: readonly FoundStep[]): void {
    for (const step of steps) {
      this.#parts.journal.giveUp([{ step }]);
      try {
        takeApart(this.#world, this.#parts.db, step);
      } catch (error) {
        const failed = failedStep(this.#world, step, error);
        if (!('state' in failed)) throw failed;
        this.#parts.journal.settled(failed);
        this.#settle([failed]);
      }
    }
    const [first] = steps;
    if (!first) return;
    this.#at = Math.min(this.#at, first.seq);
    this.#parts.tally.recount();
  }

  /** From here on a crash leaves nothing that is not known. */
  #begin(ready: readonly Ready[]): void {
    try {
      this.#parts.journal.begin(ready);
    } catch (error) {
      discardFresh(this.#world, ready);
      throw error;
    }
  }

  #giveUp(ready: readonly Ready[]): void {
    discardFresh(this.#world, ready);
    this.#parts.journal.giveUp(ready.filter(({ step }) => step.state === 'waiting'));
  }

  #settle(settled: readonly Settled[]): void {
    const { journal, tally } = this.#parts;
    journal.flush();
    for (const { step, state, outcome } of settled) {
      const { source, target } = this.#world.paths.of(step);
      tally.add({ kind: step.kind, state, outcome }, step.facts.size, source ?? target ?? '');
      this.#at = Math.max(this.#at, step.seq + 1);
    }
    this.#world.settled();
  }

  async #lookOnceMore(): Promise<void> {
    if (!(await this.#parts.turn())) return;
    try {
      this.#parts.follower.finish();
    } finally {
      this.#parts.turnOver();
    }
  }
}
