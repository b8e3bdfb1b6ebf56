import { asSdError, type SdError } from '../../errors.ts';
import { failedStep } from './failed-step.ts';
import type { Prepared } from './portion.ts';
import { discard, discardFresh } from './temporaries.ts';
import { needed, type CarryWorld, type Ready, type Settled } from './world.ts';

interface ReadingBackParts {
  readonly world: CarryWorld;
  settle(settled: Settled): void;
}

/** What follows a file that could not be read back now stays as it was: it may count on the file having moved. */
export function withReadBack({ world, settle }: ReadingBackParts, batch: readonly Ready[]): Prepared {
  const prepared: Prepared = { ready: [], settled: [] };
  const results = readBack(world, batch);
  for (const [at, one] of batch.entries()) {
    const result = results[at] ?? 'stopped';
    if (result !== 'stopped' && 'step' in result) {
      prepared.ready.push(result);
      continue;
    }
    const failed = result === 'stopped' ? result : failedStep(world, one.step, result);
    if (failed === 'stopped' || !('state' in failed)) {
      discardFresh(world, batch.slice(at));
      return failed === 'stopped' ? { ...prepared, stopped: true } : { ...prepared, failure: failed };
    }
    discard(world, one.made);
    prepared.settled.push(failed);
    settle(failed);
  }
  return prepared;
}

/**
 * What moves to another file system is read back once it is on the disk, before its source may be removed: each file
 * with its hash, why it is not the same, or `stopped`.
 */
function readBack(world: CarryWorld, batch: readonly Ready[]): (Ready | SdError | 'stopped')[] {
  const toRead = new Set(batch.filter(({ step, made }) => step.kind === 'move' && step.state === 'waiting' && made));
  const volumes = new Map([...toRead].map(({ made }) => [made?.facts.device, made?.path]));
  for (const path of volumes.values()) world.userFiles.syncVolume(needed(path));
  return batch.map((ready) => {
    const { step, made } = ready;
    if (!made || !toRead.has(ready)) return ready;
    try {
      const source = needed(world.paths.of(step).source);
      const hash = world.content.readBack(source, made.path, made.facts, () => !world.stopped());
      return hash === 'stopped' ? hash : { ...ready, made: { ...made, hash } };
    } catch (error) {
      return asSdError(error);
    }
  });
}
