import type { FoundStep } from '../../db/actions/steps.ts';
import { FOLDER } from '../../domain/entry.ts';
import { joinNative, parentOf } from '../../domain/native-path.ts';
import { TEMPORARY_PREFIX } from '../../domain/temporary-name.ts';
import type { StepKind } from '../../domain/step.ts';
import { newListing } from '../../folder-listing.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import { NO_INODE, sameInode } from '../../domain/same-inode.ts';
import type { StepPlace } from '../step-paths.ts';
import { besideTarget } from './pending-folders.ts';
import { changeOf } from './source.ts';
import type { CarryWorld, Ready } from './world.ts';

/**
 * A step that was begun when its thread was ended: the disk says how far it came. `undefined`: nothing of it is there,
 * and it begins anew. `inside`: where it lies if the folder it was made in has not got its name.
 */
export function recover(world: CarryWorld, step: FoundStep, place: StepPlace, inside?: string): Ready | undefined {
  if (BESIDE_TARGET.has(step.kind))
    return madeAt(world, step, inside, true) ?? ofTemporary(world, step, place.target, true);
  // They take the place of the source, under no other name.
  if (step.kind === 'hard_link' || step.kind === 'clone') return ofTemporary(world, step, place.source, false);
  if (step.kind === 'rename' || step.kind === 'restore') return ofRename(world, step, place);
  // Of the others, what they take away is gone or is not.
  return undefined;
}

const BESIDE_TARGET: ReadonlySet<StepKind> = new Set(['make_folder', 'make_file', 'copy', 'move']);

/** Whether the disk shows anything of a step that was about to be done; if not, what is to be taken away of it. */
export function hadEffect(world: CarryWorld, step: FoundStep): 'effect' | Ready {
  const place = world.paths.of(step);
  const { source, target } = place;
  if (place.leftOut) return { step };
  const ready = recover(world, step, place);
  if (ready?.arrived) return 'effect';
  const now = source === undefined ? undefined : world.files.facts(source);
  const isGone = source !== undefined && !(now && sameInode(step.facts.inode, now.inode));
  const takesAway = !COPIES.has(step.kind) && source !== undefined;
  if (takesAway && isGone) return 'effect';
  // What was at the target is in the trash, and nothing has taken its place yet.
  const vacant = target !== undefined && step.there !== undefined && !world.files.facts(target);
  if (vacant && step.there && world.trash.found(target, step.there)) return 'effect';
  return ready ?? { step };
}

/** They leave their source where it is. */
const COPIES: ReadonlySet<StepKind> = new Set(['make_folder', 'make_file', 'copy', 'set_times']);

function ofTemporary(
  world: CarryWorld,
  step: FoundStep,
  target: string | undefined,
  numbered: boolean,
): Ready | undefined {
  const inode = step.temporary;
  if (target === undefined || inode === undefined) return undefined;
  if (inode === NO_INODE)
    return (
      madeAt(world, step, besideTarget(world.plan, step, target), false) ?? arrivedAlike(world, step, target, numbered)
    );
  const arrived = findInode(world.files, target, inode, numbered);
  if (arrived) return { step, arrived };
  return madeAt(world, step, besideTarget(world.plan, step, target), false);
}

/** What was made and noted, where it lies there. */
function madeAt({ files }: CarryWorld, step: FoundStep, path: string | undefined, inside: boolean): Ready | undefined {
  const facts = path === undefined ? undefined : files.facts(path);
  if (path === undefined || !facts || !isMade(step, facts)) return undefined;
  const { how, lost, hash } = step.outcome ?? {};
  return { step, made: { path, inside, facts, hash, copied: how && { how, lost: lost ?? [] } } };
}

function ofRename(world: CarryWorld, step: FoundStep, { source, target }: StepPlace): Ready | undefined {
  if (source === undefined || target === undefined || world.files.facts(source)) return undefined;
  if (step.facts.inode === NO_INODE) return arrivedAlike(world, step, target, true);
  const arrived = findInode(world.files, target, step.facts.inode, true);
  return arrived && { step, arrived };
}

/** Where its number tells nothing, what has its name tells: a copy gets the time of what it is a copy of when it is whole. */
function isMade(step: FoundStep, now: FileFacts): boolean {
  return step.temporary === NO_INODE ? isAlike(step, now) : now.inode === step.temporary;
}

/** So coarse are the times of some file systems, in microseconds. */
const COARSEST = 2_000_000;

/** Whether what is there may be what the step was to bring. */
function isAlike({ kind, facts }: FoundStep, now: FileFacts): boolean {
  if (now.type !== facts.type) return false;
  if (now.type === FOLDER) return true;
  return now.size === facts.size && (kind === 'make_file' || Math.abs(now.mtime - facts.mtime) < COARSEST);
}

/**
 * Where numbers tell nothing: what is as it was to be, under the name it was to have or the last number beside it, is
 * taken for it. Not what was there before.
 */
function arrivedAlike(
  { files, chooser }: CarryWorld,
  step: FoundStep,
  target: string,
  numbered: boolean,
): Ready | undefined {
  let arrived: { target: string; facts: FileFacts } | undefined;
  const look = (path: string): boolean => {
    const facts = files.facts(path);
    const isOld = path === target && facts && step.there && changeOf(step.there, facts) === undefined;
    if (facts && !isOld && isAlike(step, facts)) arrived = { target: path, facts };
    return facts !== undefined;
  };
  if (look(target) && numbered && step.conflict !== 'none')
    for (const path of chooser.numbered(step, target)) if (!look(path)) break;
  return arrived && { step, arrived };
}

/** Under the name it was to have, or, where it may have a `numbered` one, another one in that folder. */
function findInode(
  files: ReadFiles,
  target: string,
  inode: number,
  numbered: boolean,
): { readonly target: string; readonly facts: FileFacts } | undefined {
  const there = files.facts(target);
  if (there?.inode === inode) return { target, facts: there };
  if (!numbered) return undefined;
  const folder = parentOf(target) ?? '/';
  const listing = newListing();
  try {
    files.listFolder(folder, listing, (name) => name.startsWith(TEMPORARY_PREFIX));
  } catch {
    return undefined;
  }
  const at = listing.inodes.subarray(0, listing.names.length).indexOf(inode);
  const name = listing.names[at];
  const path = name === undefined ? undefined : joinNative(folder, name);
  const facts = path === undefined ? undefined : files.facts(path);
  return path !== undefined && facts ? { target: path, facts } : undefined;
}
