import type { FoundStep } from '../../db/actions/steps.ts';
import { parentOf } from '../../domain/native-path.ts';
import { MOST_STEPS } from './batch-size.ts';
import { PendingFolders } from './pending-folders.ts';
import { removeTemporary, sweepTemporaries } from './temporaries.ts';
import type { CarryWorld } from './world.ts';

/**
 * Removes what a batch has left under temporary names that was ended before its inodes were noted: `steps` are those
 * that come next, which it may have been preparing. In folders under such names, only what these steps would have made.
 */
export function sweepAfterCrash(world: CarryWorld, steps: Iterable<FoundStep>): void {
  const folders = new Set<string>();
  const pending = new PendingFolders(world.plan);
  const inside: string[] = [];
  let looked = 0;
  for (const step of steps) {
    if (looked++ >= MOST_STEPS) break;
    const { source, target } = world.paths.of(step);
    const beside = step.kind === 'hard_link' || step.kind === 'clone' ? source : target;
    if (beside === undefined) continue;
    folders.add(parentOf(beside) ?? beside);
    const within = pending.inside(step);
    if (within !== undefined) inside.push(within);
    const path = pending.placeOf(step, beside);
    if (step.kind === 'make_folder' && world.files.facts(path)) pending.add(step, path);
  }
  for (const path of inside.toReversed()) {
    const facts = world.files.facts(path);
    if (facts) removeTemporary(world, path, facts);
  }
  sweepTemporaries(world, world.plan, folders);
}
