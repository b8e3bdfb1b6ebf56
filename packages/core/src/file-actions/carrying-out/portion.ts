import type { FoundStep } from '../../db/actions/steps.ts';
import { SdError } from '../../errors.ts';
import type { CopiedFile } from '../../ports/user-files.ts';
import type { CopiesUnderWay, CopyResult, CopyTeam, SizedTask } from './copy-team.ts';
import { failedStep } from './failed-step.ts';
import { changeOf } from './source.ts';
import { discard, discardFresh } from './temporaries.ts';
import type { CarryWorld, Ready, Settled } from './world.ts';

/** A step whose copy is still to be made. */
export interface ToCopy {
  readonly step: FoundStep;
  readonly task: SizedTask;
}

/** What came of steps, as far as they came. */
export interface Prepared {
  readonly ready: Ready[];
  readonly settled: Settled[];
  /** It was told to stop. */
  stopped?: boolean;
  /** Why nothing after them need be tried. */
  failure?: SdError;
}

interface PortionParts {
  readonly world: CarryWorld;
  readonly team: CopyTeam;
  /** A step came to its end: those that follow are to know of it. */
  settle(settled: Settled): void;
}

/** Steps of a batch, in their order, whose copies are made together. */
export class Portion {
  readonly #parts: PortionParts;
  readonly #all: (Ready | Settled | ToCopy)[] = [];
  #copies: CopiesUnderWay | undefined;

  constructor(parts: PortionParts) {
    this.#parts = parts;
  }

  get steps(): number {
    return this.#all.length;
  }

  add(one: Ready | Settled | ToCopy): void {
    this.#all.push(one);
    if ('state' in one) this.#parts.settle(one);
  }

  /** Its copies are begun. */
  begin(): void {
    const tasks = this.#all.flatMap((one) => ('task' in one ? [one.task] : []));
    if (tasks.length > 0) this.#copies = this.#parts.team.begin(tasks, this.#parts.world.stop);
  }

  /** No more copies are begun. */
  leave(): void {
    this.#copies?.leave();
  }

  /** Once all copies are made. What was made for steps after the one it ended at is taken away again. */
  async whole(): Promise<Prepared> {
    const { world, settle } = this.#parts;
    const results = ((await this.#copies?.whole(world)) ?? []).values();
    const prepared: Prepared = { ready: [], settled: [] };
    const beyond: Ready[] = [];
    for (const one of this.#all) {
      const result = 'task' in one ? afterCopy(world, one, results.next().value ?? 'stopped') : one;
      const ended = prepared.stopped || prepared.failure;
      if (result === 'stopped') prepared.stopped = true;
      else if (result instanceof SdError) prepared.failure ??= result;
      else if (!('state' in result)) (ended ? beyond : prepared.ready).push(result);
      else if ('task' in one) {
        // It is tried again when the plan goes on.
        if (ended) continue;
        settle(result);
        prepared.settled.push(result);
      } else prepared.settled.push(result);
    }
    discardFresh(world, beyond);
    return prepared;
  }
}

function afterCopy(world: CarryWorld, { step, task }: ToCopy, copied: CopyResult) {
  if (copied === 'stopped') return copied;
  if (copied instanceof SdError) return failedStep(world, step, copied);
  return whatWasPlanned(world, step, { path: task.path, inside: task.inside, facts: copied.facts, copied });
}

/** A copy is of what its source was when it was read. */
function whatWasPlanned(
  world: CarryWorld,
  step: FoundStep,
  made: NonNullable<Ready['made']> & { readonly copied: CopiedFile },
): Ready | Settled | SdError {
  const change = changeOf(step.facts, made.copied.source);
  if (change === undefined) return { step, made };
  discard(world, made);
  return failedStep(world, step, new SdError('CONFLICT', change));
}
