import { type FoundStep, findStep, stepsOf } from '../../db/actions/steps.ts';
import { FOLDER } from '../../domain/entry.ts';
import { basenameOf } from '../../domain/native-path.ts';
import type { StepFacts, StepKind } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import { isSameFile } from '../../domain/same-inode.ts';
import { FolderLister } from '../planning/listing.ts';
import type { InverseParts } from '../planning/parts.ts';
import { StepPaths } from '../step-paths.ts';

const PAGE = 1_000;
/** What leaves nothing behind elsewhere: taking away what it made takes all of it back. */
const MAKES: ReadonlySet<StepKind> = new Set(['make_folder', 'make_file', 'copy']);

/**
 * Folders that a plan made with all that is in them, exactly as it left them: one thing to put into the trash, where a
 * person finds it again as a folder, and not each of its files.
 */
export class WholeCopies {
  /** By the number of a folder's step: the step of the topmost new folder it lies in. */
  readonly #rootOf = new Map<number, number>();
  readonly #contents = new Map<number, Map<string, StepFacts>>();
  readonly #whole = new Set<number>();

  constructor(plan: string, { actions, files, checkCancelled }: InverseParts) {
    const mixed = new Set<number>();
    for (let from = 0; ;) {
      checkCancelled();
      const page = stepsOf(actions, plan, { from, limit: PAGE, only: 'done' });
      for (const step of page) this.#note(step, mixed);
      const last = page.at(-1);
      if (!last) break;
      from = last.seq + 1;
    }
    const paths = new StepPaths((seq) => findStep(actions, plan, seq));
    const lister = new FolderLister(files);
    for (const [folder, root] of this.#rootOf) {
      checkCancelled();
      if (folder === root && (mixed.has(root) || this.#contents.get(root)?.size === 0)) mixed.add(root);
      if (mixed.has(root)) continue;
      const step = findStep(actions, plan, folder);
      const path = step && (step.outcome?.target ?? paths.of(step).target);
      if (path === undefined || !this.#isAsLeft(lister, path, folder)) mixed.add(root);
    }
    for (const root of this.#rootOf.values()) if (!mixed.has(root)) this.#whole.add(root);
  }

  /** Whether the step made such a folder. */
  isWhole(step: FoundStep): boolean {
    return this.#whole.has(step.seq);
  }
  /** Whether what the step did lies in such a folder. */
  covers({ parent }: FoundStep): boolean {
    const root = parent === undefined ? undefined : this.#rootOf.get(parent);
    return root !== undefined && this.#whole.has(root);
  }

  #note(step: FoundStep, mixed: Set<number>): void {
    const { seq, kind, parent, outcome } = step;
    const root = parent === undefined ? undefined : this.#rootOf.get(parent);
    if (kind === 'make_folder' && !outcome?.existed) {
      this.#rootOf.set(seq, root ?? seq);
      this.#contents.set(seq, new Map());
    }
    if (root === undefined || parent === undefined) return;
    const name = outcome?.target === undefined ? (step.target ?? step.name) : basenameOf(outcome.target);
    if (!MAKES.has(kind) || !outcome?.facts || outcome.replaced !== undefined || name === undefined) mixed.add(root);
    else this.#contents.get(parent)?.set(name, outcome.facts);
  }

  #isAsLeft(lister: FolderLister, path: string, folder: number): boolean {
    const left = this.#contents.get(folder);
    const listed = list(lister, path);
    return (
      left !== undefined &&
      listed?.length === left.size &&
      listed.every(({ name, facts }) => isSame(left.get(name), facts))
    );
  }
}

function isSame(left: StepFacts | undefined, now: StepFacts): boolean {
  if (!left || !isSameFile(left, now)) return false;
  return now.type === FOLDER || (left.size === now.size && left.mtime === now.mtime);
}

/** A folder that cannot be listed is not as it was left. */
function list(lister: FolderLister, path: string) {
  try {
    return lister.list(path);
  } catch (error) {
    if (error instanceof SdError) return undefined;
    throw error;
  }
}
