import { FOLDER } from '../../domain/entry.ts';
import { parentOf } from '../../domain/native-path.ts';
import type { Step, StepFacts } from '../../domain/step.ts';
import { sizeForPeople } from '../../domain/for-people.ts';
import { SdError } from '../../errors.ts';
import type { Conflict, Decisions } from '../../domain/plan.ts';
import type { ReadFiles } from '../../ports/files.ts';
import { type Effect, choiceOf, effectOf } from '../choices.ts';
import { Foreseen, LANDS } from '../foreseen.ts';
import type { PlanHead } from '../plan-head.ts';
import type { StepPaths } from '../step-paths.ts';
import { sameInode } from '../../domain/same-inode.ts';
import { sameButForCase } from '../same-name.ts';
import { conflictView } from '../step-view.ts';
import { Changes, sameSource, sameThere } from './changes.ts';

/** So many conflicts that nobody has decided are named. */
const MOST_NAMED = 20;
/** Every so many steps somebody may have cancelled. */
const STRIDE = 1_000;

export interface PlanCheckParts {
  readonly files: ReadFiles;
  readonly paths: StepPaths;
  readonly decisions: Decisions;
  readonly head: PlanHead;
  checkCancelled(): void;
}

/** What becomes of what lies below a folder: `left` with it, or brought to a folder that has it all to itself. */
type Below = 'left' | 'alone' | 'merged';

/** Goes through the steps of a plan in their order and holds each against the disk. */
export class PlanCheck {
  readonly #parts: PlanCheckParts;
  readonly #changes = new Changes();
  readonly #below = new Map<number, Below>();
  readonly #folders = new Map<string, boolean>();
  readonly #foreseen: Foreseen;
  readonly #undecided: Conflict[] = [];
  #open = 0;
  #bytes = 0;
  #looked = 0;

  constructor(parts: PlanCheckParts) {
    this.#parts = parts;
    this.#foreseen = new Foreseen(parts.files);
  }

  look(step: Step): void {
    if (++this.#looked % STRIDE === 0) this.#parts.checkCancelled();
    const above = step.parent === undefined ? 'merged' : (this.#below.get(step.parent) ?? 'merged');
    const effect = above === 'left' ? 'skip' : this.#effect(step, above);
    if (step.kind === 'make_folder') this.#below.set(step.seq, belowOf(step, effect, above));
    if (above === 'left') return;
    const { source, target } = this.#parts.paths.of(step);
    if (source !== undefined && step.kind !== 'remove_folder') this.#source(step, source);
    if (target !== undefined && above === 'merged') this.#target(step, source, target);
    if (effect !== 'skip' && (step.kind === 'copy' || step.kind === 'move')) this.#bytes += step.facts.size;
    if (this.#parts.head.buildsOnItself) this.#foreseen.done(step.kind, step.facts, source, target);
  }

  /** Throws `PLAN_STALE`, `CONFIRMATION_NEEDED`, and `DISK_FULL` where the bytes are more than are free. */
  end(room: () => number | undefined): void {
    this.#changes.refuse();
    if (this.#open > 0)
      throw new SdError(
        'CONFIRMATION_NEEDED',
        `${this.#open === 1 ? 'one conflict is' : `${this.#open} conflicts are`} not decided: ${this.#undecided[0]?.about}`,
        { conflicts: this.#undecided, count: this.#open, way_out: 'choose in "decisions", by id or "*" for all' },
      );
    const free = room();
    if (free !== undefined && this.#bytes > free)
      throw new SdError(
        'DISK_FULL',
        `there are ${sizeForPeople(free)} free at the target, and ${sizeForPeople(this.#bytes)} are to be written`,
        {
          free,
          needed: this.#bytes,
          way_out: 'make room there, or choose another target',
        },
      );
  }

  /** What is done about a conflict; one that nobody has decided is noted. Where a folder is new, nothing is in it. */
  #effect(step: Step, above: Below): Effect | undefined {
    const { decisions, head, paths } = this.#parts;
    if (step.conflict === 'none' || (above === 'alone' && step.conflict !== 'twice')) return undefined;
    const choice = choiceOf(step, decisions, head.policy);
    if (choice !== undefined) return effectOf(step, choice);
    this.#open++;
    if (this.#undecided.length < MOST_NAMED) this.#undecided.push(conflictView(step, paths.of(step), head.policy));
    return undefined;
  }

  #source(step: Step, path: string): void {
    const is = this.#facts(path);
    if (!is || !sameSource(step, is)) this.#changes.add(path, step.facts, is);
  }

  #target(step: Step, source: string | undefined, path: string): void {
    if (!LANDS.has(step.kind)) {
      // What stays of two that are the same.
      const is = this.#facts(path);
      if (step.there && !sameThere(step.there, is)) this.#changes.add(path, step.there, is);
      return;
    }
    if (!this.#hasFolder(path)) return;
    if (step.conflict === 'twice') return;
    const is = this.#facts(path);
    // A name that changes in case only leads to the thing itself.
    const itself =
      step.kind === 'rename' &&
      is !== undefined &&
      source !== undefined &&
      sameButForCase(source, path) &&
      sameInode(step.facts.inode, is.inode) &&
      is.device === step.facts.device;
    if (!sameThere(step.there, is) && !(itself && !step.there)) this.#changes.add(path, step.there, is);
  }

  /** The folder that something comes into is there, or a step before makes it. */
  #hasFolder(path: string): boolean {
    const folder = parentOf(path) ?? path;
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const is = this.#facts(folder);
    const there = is !== undefined && is.type === FOLDER;
    if (!this.#parts.head.buildsOnItself) this.#folders.set(folder, there);
    if (!there) this.#changes.add(folder, { type: FOLDER, size: 0, mtime: 0, inode: 0, device: 0 }, is);
    return there;
  }

  #facts(path: string): StepFacts | undefined {
    return this.#parts.head.buildsOnItself ? this.#foreseen.at(path) : this.#parts.files.facts(path);
  }
}

function belowOf({ conflict }: Step, effect: Effect | undefined, above: Below): Below {
  if (above === 'left' || effect === 'skip') return 'left';
  return conflict === 'folder' && above === 'merged' && (effect === 'merge' || effect === undefined)
    ? 'merged'
    : 'alone';
}
