import type { FoundStep } from '../../db/actions/steps.ts';
import { parentOf } from '../../domain/native-path.ts';
import type { StepFacts, StepKind } from '../../domain/step.ts';
import { sameInode } from '../../domain/same-inode.ts';
import { MOST_STEPS } from './batch-size.ts';
import { PendingFolders } from './pending-folders.ts';
import { removeTemporary, sweepTemporaries } from './temporaries.ts';
import type { CarryWorld } from './world.ts';

/**
 * Takes away what a batch has left in the trash that was ended there: the notes of what did not come to it. `steps` are
 * those that were about to be done.
 */
export function sweepTrashAfterCrash(world: CarryWorld, steps: Iterable<FoundStep>): void {
  for (const step of steps) {
    if (step.state !== 'doing') break;
    const { source, target } = world.paths.of(step);
    if (FREES_SOURCE.has(step.kind)) forgetTrashing(world, source, step.facts);
    else if (step.there) forgetTrashing(world, target, step.there);
  }
}

/** They put their source into the trash. */
const FREES_SOURCE: ReadonlySet<StepKind> = new Set(['trash', 'hard_link', 'clone']);

function forgetTrashing({ files, userFiles }: CarryWorld, path: string | undefined, facts: StepFacts): void {
  if (path === undefined) return;
  const now = files.facts(path);
  if (!now || !sameInode(facts.inode, now.inode)) return;
  try {
    userFiles.forgetTrashing(path);
  } catch {
    // A trash that cannot be looked into: what is left there does no harm.
  }
}

/**
 * Removes what a batch has left under temporary names that was ended before its inodes were noted: `steps` are those
 * that come next, which it may have been preparing: a batch, while the one before it was not written down. In folders under such names, only what these steps would have made.
 */
export function sweepAfterCrash(world: CarryWorld, steps: Iterable<FoundStep>): void {
  const folders = new Set<string>();
  const pending = new PendingFolders(world.plan);
  const inside: string[] = [];
  let looked = 0;
  for (const step of steps) {
    if (looked++ >= 2 * MOST_STEPS) break;
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
