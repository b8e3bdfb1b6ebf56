import type { FoundStep } from '../../db/actions/steps.ts';
import { FOLDER } from '../../domain/entry.ts';
import { isWithin } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { DiskChange, TrashedItem } from '../index-follower.ts';
import { sameInode } from '../../domain/same-inode.ts';
import { sameButForCase } from '../same-name.ts';
import type { StepPlace } from '../step-paths.ts';
import { changeOf } from './source.ts';
import type { CarryWorld } from './world.ts';

/** Where a step's thing came, or why it did not. */
export type Landing =
  | { readonly type: 'landed'; readonly target: string; readonly replaced?: TrashedItem | undefined }
  | { readonly type: 'skipped' }
  /** A folder is there, and is to take what comes. */
  | { readonly type: 'merged'; readonly target: string; readonly there: FileFacts };

/**
 * Brings something to its target with `put`, which replaces nothing: as it was chosen where something is there. What is
 * replaced goes to the trash first, and comes back where the new one cannot take its place.
 */
export function land(
  world: CarryWorld,
  step: FoundStep,
  { source, target: planned }: StepPlace,
  put: (target: string) => void,
): Landing {
  if (planned === undefined) throw new Error('a step that brings something has a target');
  const there = world.files.facts(planned);
  if (!there || isItself(step, source, planned, there)) return landed(planned, replacedBefore(world, step, planned));
  const effect = world.chooser.effect(step, there);
  switch (effect) {
    case 'skip':
      return { type: 'skipped' };
    case 'merge':
      if (there.type !== FOLDER) throw new SdError('CONFLICT', 'what is at its target is no folder any more');
      return { type: 'merged', target: planned, there };
    case 'keep_both':
      return landed(world.chooser.freePath(step, source, planned), undefined);
    case 'replace':
      return landed(planned, replace());
  }

  function landed(target: string, replaced: TrashedItem | undefined): Landing {
    try {
      put(target);
    } catch (error) {
      putBack(world, replaced, target);
      throw error;
    }
    return { type: 'landed', target, replaced };
  }

  function replace(): TrashedItem {
    if (!there || planned === undefined) throw new Error('nothing is there to be replaced');
    const change = step.there ? changeOf(step.there, there) : 'it was not there';
    if (change !== undefined)
      throw new SdError('CONFLICT', `what is at its target is not what was to be replaced: ${change}`);
    if (source !== undefined && isWithin(source, planned))
      throw new SdError('CONFLICT', 'it lies in what it would replace');
    return world.trash.put(planned, there);
  }
}

/** What was put into the trash to make room comes back. Where it cannot, it is in the trash, and found there. */
export function putBack(world: CarryWorld, replaced: TrashedItem | undefined, target: string): void {
  try {
    if (replaced) world.userFiles.restore(replaced, target);
  } catch {
    // what led here says more
  }
}

/** What the index has to hear of what was replaced, before it hears of what has come in its place. */
export function replacedChange(target: string, replaced: TrashedItem | undefined): DiskChange[] {
  return replaced ? [{ type: 'removed', path: target, trashed: replaced }] : [];
}

/** What was there before may have gone to the trash before a crash, of which nobody heard. */
export function replacedBefore(world: CarryWorld, step: FoundStep, target: string): TrashedItem | undefined {
  const { there, state } = step;
  if (state !== 'doing' || !there) return undefined;
  return world.trash.found(target, there);
}

/** A new name that differs from the old one in case only, where the file system does not tell them apart. */
function isItself(step: FoundStep, source: string | undefined, target: string, there: FileFacts): boolean {
  return (
    step.kind === 'rename' &&
    source !== undefined &&
    sameInode(step.facts.inode, there.inode) &&
    sameButForCase(source, target)
  );
}
