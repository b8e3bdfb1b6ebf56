import { FOLDER } from '../../domain/entry.ts';
import type { FoundStep } from '../../db/actions/steps.ts';
import type { StepOutcome } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { DiskChange, TrashedItem } from '../index-follower.ts';
import { sameInode } from '../../domain/same-inode.ts';
import type { StepPlace } from '../step-paths.ts';
import { enactRemovedFolder } from './folder-attributes.ts';
import { land, putBack, replacedBefore, replacedChange } from './landing.ts';
import { lookAtSource } from './source.ts';
import { discard, factsNow } from './temporaries.ts';
import { LEFT_OUT, needed, type CarryWorld, type Ready, type Settled, done, skipped } from './world.ts';

/** Does what people see, in the turn of the index. Throws what is wrong with the step; then all is as it was. */
export function enact(world: CarryWorld, ready: Ready): Settled {
  const { step, made } = ready;
  const place = world.paths.of(step);
  try {
    const settled = place.leftOut ? leaveOut(world, step) : enactKind(world, ready, place);
    if (settled.state !== 'done') discard(world, made);
    return settled;
  } catch (error) {
    discard(world, made);
    throw error;
  }
}

/** With all that was to come into it, also where that was prepared before it was known. */
function leaveOut(world: CarryWorld, step: FoundStep): Settled {
  if (step.kind === 'make_folder') world.paths.settled(step, undefined);
  return skipped(step, LEFT_OUT);
}

function enactKind(world: CarryWorld, ready: Ready, place: StepPlace): Settled {
  const { step } = ready;
  switch (step.kind) {
    case 'make_folder':
    case 'make_file':
    case 'copy':
    case 'move':
    case 'rename':
    case 'restore':
      return bring(world, ready, place);
    case 'remove_folder':
      return enactRemovedFolder(world, step, needed(place.source));
    case 'trash':
      return toTrash(world, ready, place);
    case 'delete':
      return remove(world, step, needed(place.source));
    case 'set_times':
      return setTimes(world, step, needed(place.source));
    case 'hard_link':
    case 'clone':
      return become(world, ready, needed(place.source));
  }
}

/** What comes to a target: made beside it, renamed, or taken out of the trash. */
function bring(world: CarryWorld, ready: Ready, place: StepPlace): Settled {
  const { step, made } = ready;
  const { source } = place;
  // What was made in a folder has come with it.
  const arrived = made?.inside ? { target: needed(place.target), facts: made.facts } : ready.arrived;
  if (arrived) {
    const replaced = replacedBefore(world, step, arrived.target);
    return brought(world, ready, source, { ...arrived, replaced });
  }
  // A copy is of what the source was when it was read, which is what was planned.
  if (source !== undefined && step.kind !== 'copy') lookAtSource(world, step.facts, source);
  const landing = land(world, step, place, (target) => {
    if (made) world.userFiles.rename(made.path, target);
    else if (step.kind === 'restore') world.userFiles.restore(trashedOf(world, step), target);
    else world.userFiles.rename(needed(source), target);
  });
  if (landing.type === 'skipped') {
    if (step.kind === 'make_folder') world.paths.settled(step, undefined);
    return skipped(step, 'something of that name is there');
  }
  if (landing.type === 'merged') {
    discard(world, made);
    world.paths.settled(step, place.target);
    return done(step, { existed: true, facts: world.inodes.lasting(landing.target, landing.there) });
  }
  const facts = made?.facts ?? factsNow(world, landing.target);
  return brought(world, ready, source, { ...landing, facts });
}

interface Brought {
  readonly target: string;
  readonly facts: FileFacts;
  readonly replaced?: TrashedItem | undefined;
}

function brought(world: CarryWorld, { step, made }: Ready, source: string | undefined, it: Brought): Settled {
  const { target, facts, replaced } = it;
  const planned = world.paths.of(step).target;
  if (step.kind === 'move') removeMoved(world, step, needed(source), it);
  if (step.kind === 'make_folder') world.paths.settled(step, target);
  const hash = made?.hash ?? step.outcome?.hash;
  const copied = made?.copied ?? step.outcome;
  const outcome: StepOutcome = {
    facts: world.inodes.lasting(target, facts),
    ...(target === planned ? {} : { target }),
    ...(replaced ? { replaced: replaced.uuid } : {}),
    ...(step.kind === 'restore' && facts.type === FOLDER ? { at: world.now() * 1_000 } : {}),
    ...(copied?.how ? { how: copied.how } : {}),
    ...(copied?.lost && copied.lost.length > 0 ? { lost: copied.lost } : {}),
    ...(hash ? { hash } : {}),
  };
  return done(step, outcome, ...replacedChange(target, replaced), changeOf(step, source, target, facts, hash));
}

function changeOf(
  step: FoundStep,
  source: string | undefined,
  target: string,
  facts: FileFacts,
  hash: Uint8Array | undefined,
): DiskChange {
  const more = { ...entryOf(step), ...(hash ? { hash } : {}) };
  const { kind } = step;
  const moved = { type: 'moved', from: source ?? '', to: target, facts, ...more } as const;
  if (kind === 'move') return { ...moved, wasModified: step.facts.mtime };
  if (kind === 'rename') return moved;
  if (kind === 'restore')
    return { type: 'restored', trashed: needed(step.trashed), to: target, facts, ...entryOf(step) };
  if (kind !== 'copy') return { type: 'created', path: target, facts };
  const { size, mtime } = step.facts;
  const copyOf = { path: needed(source), size, mtime, ...entryOf(step) };
  return { type: 'created', path: target, facts, copyOf, ...(hash ? { hash } : {}) };
}

/** The copy was read back and compared. Where the source cannot be removed, the copy goes again: a move moves or does not. */
function removeMoved(world: CarryWorld, step: FoundStep, source: string, it: Brought): void {
  const { files, userFiles } = world;
  try {
    if (!files.facts(source) && step.state === 'doing') return; // it was removed before a crash
    userFiles.remove(source, lookAtSource(world, step.facts, source).inode);
  } catch (error) {
    // Whatever was said of it: what is not there any more is here alone.
    if (!files.facts(source)) return;
    userFiles.remove(it.target, it.facts.inode);
    putBack(world, it.replaced, it.target);
    throw error;
  }
}

function trashedOf(world: CarryWorld, step: FoundStep) {
  const trashed = world.trash.of(needed(step.trashed));
  if (!trashed) throw new SdError('NOT_FOUND', 'it is not in the trash any more');
  return trashed;
}

function toTrash(world: CarryWorld, { step, hash }: Ready, place: StepPlace): Settled {
  const { files, trash } = world;
  const source = needed(place.source);
  const before = step.state === 'doing' && !files.facts(source);
  // Compared a moment ago: what stays is still what it was.
  if (!before && place.target !== undefined && step.there) lookAtSource(world, step.there, place.target);
  const item = before
    ? trash.found(source, step.facts, step.trashed)
    : trash.put(source, lookAtSource(world, step.facts, source), step.trashed);
  if (!item) throw new SdError('NOT_FOUND', 'it is gone');
  const change: DiskChange = { type: 'removed', path: source, trashed: item, ...entryOf(step) };
  return done(step, { trashed: item.uuid, facts: step.facts, ...(hash ? { hash } : {}) }, change);
}

function remove(world: CarryWorld, step: FoundStep, source: string): Settled {
  const { files, userFiles } = world;
  if (step.state !== 'doing' || files.facts(source)) {
    userFiles.remove(source, lookAtSource(world, step.facts, source).inode);
  }
  return done(step, {}, { type: 'removed', path: source, ...entryOf(step) });
}

function setTimes(world: CarryWorld, step: FoundStep, source: string): Settled {
  const { files, userFiles } = world;
  const { modified, accessed } = step.times ?? {};
  const times = { ...(modified === undefined ? {} : { modified }), ...(accessed === undefined ? {} : { accessed }) };
  const now = files.facts(source);
  const wasSet = step.state === 'doing' && now && sameInode(step.facts.inode, now.inode) && now.mtime === modified;
  const before = wasSet ? step.facts : lookAtSource(world, step.facts, source);
  if (!wasSet) userFiles.setTimes(source, times);
  const facts = factsNow(world, source);
  return done(
    step,
    { before: { mtime: before.mtime }, facts: world.inodes.lasting(source, facts) },
    { type: 'changed', path: source, facts, sameContent: true, wasModified: before.mtime },
  );
}

/** The source becomes another name, or a clone, of a file that is the same; what it was goes to the trash. */
function become(world: CarryWorld, { step, made, arrived }: Ready, source: string): Settled {
  const { files, userFiles, trash } = world;
  const outcomeOf = (facts: FileFacts, freed: TrashedItem | undefined): Settled => {
    const hash = made?.hash ?? step.outcome?.hash;
    const lasting = world.inodes.lasting(source, facts);
    const outcome = { facts: lasting, ...(freed ? { trashed: freed.uuid } : {}), ...(hash ? { hash } : {}) };
    const replaced = freed ? { replaced: freed } : {};
    return done(step, outcome, {
      type: 'changed',
      path: source,
      facts,
      sameContent: true,
      wasModified: step.facts.mtime,
      ...replaced,
    });
  };
  if (arrived) return outcomeOf(arrived.facts, trash.found(source, step.facts));
  if (!made) throw new Error('it is made before it takes its place');
  const kept = world.paths.of(step).target;
  if (kept !== undefined && step.there) lookAtSource(world, step.there, kept);
  const before = step.state === 'doing' && !files.facts(source) ? trash.found(source, step.facts) : undefined;
  const freed = before ?? trash.put(source, lookAtSource(world, step.facts, source));
  try {
    userFiles.rename(made.path, source);
  } catch (error) {
    putBack(world, freed, source);
    throw error;
  }
  return outcomeOf(made.facts, freed);
}

function entryOf({ entry }: FoundStep): { entry?: number } {
  return entry === undefined ? {} : { entry };
}
