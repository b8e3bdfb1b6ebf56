import type { FoundStep } from '../../db/actions/steps.ts';
import { FOLDER } from '../../domain/entry.ts';
import type { StepKind } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import type { StepPlace } from '../step-paths.ts';
import { compareWithHash, compareWithKept } from './comparing.ts';
import { LANDS } from '../foreseen.ts';
import { MadeFolders } from './made-folders.ts';
import { recover } from './recovering.ts';
import { PendingFolders, besideTarget } from './pending-folders.ts';
import type { ToCopy } from './portion.ts';
import { lookAtSource } from './source.ts';
import { factsNow, makeInside, makeTemporary } from './temporaries.ts';
import { LEFT_OUT, needed, type CarryWorld, type Ready, type Settled, done, skipped } from './world.ts';

const SMALL_BYTES = 2 ** 20;
/** They are prepared before it is their turn. */
const BEFORE: ReadonlySet<StepKind> = new Set(['make_folder', 'make_file', 'copy', 'move', 'hard_link', 'clone']);
/** What they are about is read to be prepared. */
const READ: ReadonlySet<StepKind> = new Set(['hard_link', 'clone', 'trash']);

/** Whether anything of it is made before it is its turn. */
export function isPreparedBefore({ kind }: FoundStep): boolean {
  return BEFORE.has(kind);
}

/** Whether it cannot be prepared in a moment. */
export function takesTime({ kind }: FoundStep): boolean {
  return READ.has(kind);
}

/**
 * Does what needs no turn of the index, for nobody sees it: folders and files that are new, under temporary names beside
 * their targets, where copies are made too. Nothing is decided here but what leaves all as it is.
 */
export class Preparing {
  readonly #world: CarryWorld;
  /** Those of this batch. */
  readonly #pending: PendingFolders;
  readonly #folders: MadeFolders;

  constructor(world: CarryWorld) {
    this.#world = world;
    this.#pending = new PendingFolders(world.plan);
    this.#folders = new MadeFolders(world);
  }

  /** It cannot be prepared before the folder it comes into, which is of this batch, is at its place. */
  hasToWait(step: FoundStep): boolean {
    return this.#pending.keepsWaiting(step);
  }

  /**
   * All but its copy. `undefined`: it was told to stop in the middle, and nothing of the step is left. Throws what is
   * wrong with the step.
   */
  prepare(step: FoundStep): Ready | Settled | ToCopy | undefined {
    const { paths } = this.#world;
    const place = paths.of(step);
    if (place.leftOut) return this.#leftOut(step);
    const begun = step.state === 'doing' ? recover(this.#world, step, place, this.#pending.inside(step)) : undefined;
    if (begun) {
      if (step.kind === 'make_folder' && begun.made) this.#pending.add(step, begun.made.path);
      else if (step.kind === 'make_folder') paths.settled(step, begun.arrived?.target);
      return begun;
    }
    this.#world.working(place.source ?? place.target ?? '');
    if (LANDS.has(step.kind)) this.#folders.check(step);
    switch (step.kind) {
      case 'make_folder':
        return this.#folder(step, place);
      case 'make_file':
        return this.#new(step, place, (path) => this.#world.userFiles.makeFile(path));
      case 'copy':
      case 'move':
        return this.#copy(step, place);
      case 'hard_link':
      case 'clone':
        return this.#same(step, place);
      case 'trash':
        return this.#copyThatGoes(step, place);
      case 'rename':
      case 'remove_folder':
      case 'restore':
      case 'delete':
      case 'set_times':
        return { step };
    }
  }

  #folder(step: FoundStep, place: StepPlace): Ready | Settled {
    const { paths, userFiles } = this.#world;
    const target = needed(place.target);
    if (place.source !== undefined) lookAtSource(this.#world, step.facts, place.source);
    const effect = this.#effect(step, target);
    if (effect === 'skip') return this.#leftOut(step, 'a folder of that name is there');
    if (effect === 'merge') {
      const there = this.#world.files.facts(target);
      if (there?.type !== FOLDER) throw new SdError('CONFLICT', 'what is at its target is no folder any more');
      paths.settled(step, target);
      return done(step, { existed: true, facts: this.#world.inodes.lasting(target, there) });
    }
    const ready = this.#new(step, place, (path) => userFiles.makeFolder(path));
    if (ready.made) this.#pending.add(step, ready.made.path);
    return ready;
  }

  #copy(step: FoundStep, place: StepPlace): Settled | ToCopy {
    const [source, target] = [needed(place.source), needed(place.target)];
    const { size } = step.facts;
    // A small one is compared with what was planned once it is read; a large one would be read in vain.
    if (size > SMALL_BYTES) lookAtSource(this.#world, step.facts, source);
    if (this.#effect(step, target) === 'skip') return skipped(step, 'something of that name is there');
    const { path, inside } = this.#placeOf(step, target);
    return { step, task: { source, path, inside, size } };
  }

  /** A file that is to share what another has. They are compared now; until it is replaced, neither may change. */
  #same(step: FoundStep, place: StepPlace): Ready | undefined {
    const world = this.#world;
    const [source, kept] = [needed(place.source), needed(place.target)];
    // Cut off once it was freed, it lies in the trash.
    const isFreed = step.state === 'doing' && !world.files.facts(source);
    const freed = isFreed ? world.trash.found(source, step.facts) : undefined;
    const hash = compareWithKept(world, step, freed?.place ?? source, kept);
    if (hash === 'stopped') return undefined;
    const path = besideTarget(world.plan, step, source);
    if (step.kind === 'hard_link') {
      makeTemporary(world, path, () => world.userFiles.link(kept, path));
      return { step, made: { path, facts: factsNow(world, path), hash } };
    }
    const copied = makeTemporary(world, path, () => world.userFiles.clone(kept, path));
    world.userFiles.setTimes(path, { modified: step.facts.mtime });
    return { step, made: { path, facts: factsNow(world, path), copied, hash } };
  }

  /** What goes because it is a copy goes only if it is one. */
  #copyThatGoes(step: FoundStep, place: StepPlace): Ready | undefined {
    const world = this.#world;
    const source = needed(place.source);
    const isGone = step.state === 'doing' && !world.files.facts(source);
    if (isGone || (place.target === undefined && step.hash === undefined)) return { step };
    const hash =
      place.target === undefined
        ? compareWithHash(world, step, source)
        : compareWithKept(world, step, source, place.target);
    return hash === 'stopped' ? undefined : { step, hash };
  }

  #new(step: FoundStep, place: StepPlace, make: (path: string) => void): Ready {
    const at = this.#placeOf(step, needed(place.target));
    if (at.inside) makeInside(this.#world, at.path, () => make(at.path));
    else makeTemporary(this.#world, at.path, () => make(at.path));
    return { step, made: { ...at, facts: factsNow(this.#world, at.path) } };
  }

  #placeOf(step: FoundStep, target: string): { readonly path: string; readonly inside: boolean } {
    const path = this.#pending.inside(step);
    return path === undefined
      ? { path: besideTarget(this.#world.plan, step, target), inside: false }
      : { path, inside: true };
  }

  /** What is at the target of most steps is told by the disk when they get their name; a copy in vain is worth a look. */
  #effect(step: FoundStep, target: string): 'skip' | 'merge' | undefined {
    if (step.conflict === 'none') return undefined;
    const there = this.#world.files.facts(target);
    const effect = there && this.#world.chooser.effect(step, there);
    return effect === 'skip' || effect === 'merge' ? effect : undefined;
  }

  #leftOut(step: FoundStep, why = LEFT_OUT): Settled {
    if (step.kind === 'make_folder') this.#world.paths.settled(step, undefined);
    return skipped(step, why);
  }
}
