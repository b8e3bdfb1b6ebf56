import type { FoundStep } from '../../db/actions/steps.ts';
import { parentOf } from '../../domain/native-path.ts';
import { MOST_STEPS } from './batch-size.ts';
import { sweepTemporaries } from './temporaries.ts';
import type { CarryWorld } from './world.ts';

/**
 * Removes what a batch has left under temporary names that was ended before its inodes were noted: `steps` are those
 * that come next, which it may have been preparing.
 */
export function sweepAfterCrash(world: CarryWorld, steps: Iterable<FoundStep>): void {
  const folders = new Set<string>();
  let looked = 0;
  for (const step of steps) {
    if (looked++ >= MOST_STEPS) break;
    const { source, target } = world.paths.of(step);
    const beside = step.kind === 'hard_link' || step.kind === 'clone' ? source : target;
    if (beside === undefined) continue;
    const top = topTarget(world, step) ?? beside;
    const last = parentOf(top) ?? top;
    for (let folder = parentOf(beside); folder !== undefined && !folders.has(folder); folder = parentOf(folder)) {
      folders.add(folder);
      if (folder.length <= last.length) break;
    }
  }
  sweepTemporaries(world, world.plan, folders);
}

/** Where the step at the top comes that this one lies below. */
export function topTarget(world: CarryWorld, step: FoundStep): string | undefined {
  let top = step;
  for (let above = step.parent; above !== undefined; above = top.parent) {
    const found = world.find(above);
    if (!found) break;
    top = found;
  }
  const { source, target } = world.paths.of(top);
  return target ?? source;
}
