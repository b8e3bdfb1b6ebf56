import type { FoundStep } from '../../db/actions/steps.ts';
import { SdError } from '../../errors.ts';
import type { DiskChange } from '../index-follower.ts';
import { isSameFile, sameInode } from '../../domain/same-inode.ts';
import { factsNow } from './temporaries.ts';
import { type CarryWorld, type Settled, done, skipped } from './world.ts';

/**
 * Gives a folder that was copied the times, permissions and attributes of the one it is a copy of: once all that comes
 * into it is there, for each would change its times, and some could not come in. Answers what the index has to hear,
 * and what could not be taken over; `undefined` where there is nothing to do.
 */
export function completeFolder(
  world: CarryWorld,
  step: FoundStep,
): { readonly change: DiskChange; readonly lost: readonly string[] } | undefined {
  const { files, userFiles } = world;
  const { source, target: planned } = world.paths.of(step);
  const target = step.outcome?.target ?? planned;
  if (step.state !== 'done' || step.outcome?.existed || source === undefined || target === undefined) return undefined;
  const [here, there] = [files.facts(source), files.facts(target)];
  // Renamed or taken away by now: it is somebody else's to say how it looks.
  const made = step.outcome?.facts;
  if (!there || !made || !isSameFile(made, there)) return undefined;
  const lost = here && sameInode(step.facts.inode, here.inode) ? userFiles.copyFolderAttributes(source, target) : [];
  userFiles.setTimes(target, { modified: step.facts.mtime });
  return { change: { type: 'changed', path: target, facts: factsNow(world, target), sameContent: true }, lost };
}

/** Takes away a folder that was emptied; the one that was made for what was in it is complete then. */
export function enactRemovedFolder(world: CarryWorld, step: FoundStep, source: string): Settled {
  const { files, userFiles } = world;
  const made = step.parent === undefined ? undefined : world.find(step.parent);
  const completed = made && completeFolder(world, made);
  const there = files.facts(source);
  if (there) {
    if (!sameInode(step.facts.inode, there.inode)) throw new SdError('CONFLICT', 'another has taken its place');
    try {
      userFiles.remove(source, there.inode);
    } catch (error) {
      if (error instanceof SdError && error.code === 'CONFLICT') return skipped(step, 'it is not empty');
      throw error;
    }
  } else if (step.state !== 'doing') throw new SdError('NOT_FOUND', 'it is gone');
  const movedTo = made && (made.outcome?.target ?? world.paths.of(made).target);
  return done(
    step,
    completed && completed.lost.length > 0 ? { lost: completed.lost } : {},
    ...(completed ? [completed.change] : []),
    {
      type: 'removed',
      path: source,
      ...(step.entry === undefined ? {} : { entry: step.entry }),
      ...(movedTo === undefined || made?.outcome?.existed ? {} : { movedTo }),
    },
  );
}
