import type { FoundStep } from '../../db/actions/steps.ts';
import type { StepKind } from '../../domain/step.ts';
import { type SdError, asSdError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { Preparing } from './preparing.ts';
import { discard, discardFresh } from './temporaries.ts';
import { MOST_STEPS } from './batch-size.ts';
import { readBack } from './reading-back.ts';
import { TouchedPaths } from './touched-paths.ts';
import type { CarryWorld, Ready, Settled } from './world.ts';

/** A batch also ends after so long, or so many bytes. */
const MOST_MS = 250;
const MOST_BYTES = 64 * 2 ** 20;

/** What ends the whole: told again once it has passed, the plan goes on. */
const ENDS_ALL: ReadonlySet<string> = new Set(['DISK_FULL', 'OFFLINE', 'LIBRARY_CLOSED', 'INTERNAL']);
/** What may be so because a disk is gone. */
const MAY_BE_OFFLINE: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'IO',
  'NOT_READABLE',
  'NOT_WRITABLE',
  'NOT_A_FOLDER',
]);

/** They are prepared before it is their turn. */
const NOT_BEFORE: ReadonlySet<StepKind> = new Set(['make_folder', 'make_file', 'copy', 'move', 'hard_link', 'clone']);

/** Steps that are prepared together. */
export interface Batch {
  readonly ready: Ready[];
  readonly settled: Settled[];
  /** `finished`: there are no more steps that are wanted. */
  readonly end: 'more' | 'stopped' | 'finished';
  /** Why no more of them could be prepared. */
  readonly failure?: SdError | undefined;
}

interface BatchParts {
  readonly world: CarryWorld;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** In their order; the first that is not wanted ends them. */
  readonly steps: Iterable<FoundStep>;
  wanted(step: FoundStep): boolean;
  /** A step came to its end: those that follow are to know of it. */
  settle(settled: Settled): void;
}

/** Prepares as many steps as make a batch. */
export function prepareBatch({ world, clock, steps, wanted, settle }: BatchParts): Batch {
  const preparing = new Preparing(world);
  const ready: Ready[] = [];
  const settled: Settled[] = [];
  const until = clock.monotonic() + MOST_MS;
  let bytes = 0;
  const touched = new TouchedPaths(world);
  /** What is prepared is looked at as the disk is now: what the steps before it have to do first is not done yet. */
  const depends = (step: FoundStep): boolean => world.buildsOnItself && NOT_BEFORE.has(step.kind) && touched.has(step);
  const end = (how: Batch['end'], failure?: SdError): Batch => {
    const whole = withReadBack(world, ready, settle);
    settled.push(...whole.settled);
    const stopped = whole.stopped ? 'stopped' : how;
    return { ready: whole.ready, settled, end: stopped, failure: whole.failure ?? failure };
  };
  for (const step of steps) {
    if (!wanted(step)) return end('finished');
    if (world.stopped()) return end('stopped');
    if (depends(step) || (NOT_BEFORE.has(step.kind) && preparing.hasToWait(step))) return end('more');
    if (ready.length + settled.length >= MOST_STEPS || bytes >= MOST_BYTES || clock.monotonic() > until)
      return end('more');
    try {
      const prepared = preparing.prepare(step);
      if (!prepared) return end('stopped');
      if ('state' in prepared) {
        settled.push(prepared);
        settle(prepared);
      } else {
        ready.push(prepared);
        if (world.buildsOnItself) touched.add(step);
        if (prepared.made?.copied) bytes += step.facts.size;
      }
    } catch (error) {
      const failed = failedStep(world, step, error);
      if (!('state' in failed)) return end('more', failed);
      settled.push(failed);
      settle(failed);
    }
  }
  return end('finished');
}

/** A step that failed, or the error where it ends all. */
export function failedStep(world: CarryWorld, step: FoundStep, error: unknown): Settled | SdError {
  const known = asSdError(error);
  if (ENDS_ALL.has(known.code)) return known;
  try {
    if (MAY_BE_OFFLINE.has(known.code)) world.places.check();
  } catch (offline) {
    return asSdError(offline);
  }
  if (step.kind === 'make_folder') world.paths.settled(step, undefined);
  const { code, message } = known;
  return { step, state: 'failed', outcome: { error: { code, message } }, changes: [] };
}

/** What follows a file that could not be read back now stays as it was: it may count on the file having moved. */
function withReadBack(world: CarryWorld, batch: readonly Ready[], settle: BatchParts['settle']) {
  const ready: Ready[] = [];
  const settled: Settled[] = [];
  const results = readBack(world, batch);
  for (const [at, one] of batch.entries()) {
    const result = results[at] ?? 'stopped';
    if (result !== 'stopped' && 'step' in result) {
      ready.push(result);
      continue;
    }
    const failed = result === 'stopped' ? result : failedStep(world, one.step, result);
    if (failed === 'stopped' || !('state' in failed)) {
      discardFresh(world, batch.slice(at));
      return failed === 'stopped' ? { ready, settled, stopped: true } : { ready, settled, failure: failed };
    }
    discard(world, one.made);
    settled.push(failed);
    settle(failed);
  }
  return { ready, settled };
}
