import { joinNative } from '../domain/native-path.ts';
import type { Step, StepProgress } from '../domain/step.ts';

/** Native paths of a step. */
export interface StepPlace {
  readonly source: string | undefined;
  readonly target: string | undefined;
  /** A folder above it was skipped, or could not be made: the step is not carried out. */
  readonly leftOut: boolean;
}

type FoundStep = Step & Pick<Partial<StepProgress>, 'state' | 'outcome'>;

/** Folders remembered before the memory is begun anew: their steps are looked up again. */
const MOST_FOLDERS = 50_000;

/**
 * Where steps are: each says its names alone, the rest is its parents'. A folder that got another name than planned, or
 * was skipped, takes all below it along.
 */
export class StepPaths {
  readonly #find: (seq: number) => FoundStep | undefined;
  readonly #folders = new Map<number, StepPlace>();

  /** `find`: a step with how far it is by now. */
  constructor(find: (seq: number) => FoundStep | undefined) {
    this.#find = find;
  }

  of(step: Step): StepPlace {
    if (step.parent === undefined) return { source: step.name, target: step.target, leftOut: false };
    const parent = this.#folder(step.parent);
    // Without a name of its own a step takes away the source folder of its parent, once that is empty.
    const source =
      step.name === undefined && step.kind === 'remove_folder' ? parent.source : below(parent.source, step.name);
    const target = step.kind === 'remove_folder' ? undefined : below(parent.target, step.target ?? step.name);
    return { source, target, leftOut: parent.leftOut };
  }

  /** What came of the step of a folder, before it is to be found so: the target it got, `undefined` where it got none. */
  settled(step: Step, target: string | undefined): void {
    const { source } = this.of(step);
    this.#remember(step.seq, { source, target, leftOut: target === undefined });
  }

  #folder(seq: number): StepPlace {
    const known = this.#folders.get(seq);
    if (known) return known;
    const step = this.#find(seq);
    if (!step) throw new Error(`a step lies below step ${seq}, which is not there`);
    const { source, target, leftOut } = this.of(step);
    const place = {
      source,
      target: step.outcome?.target ?? target,
      leftOut: leftOut || step.state === 'skipped' || step.state === 'failed',
    };
    this.#remember(seq, place);
    return place;
  }

  #remember(seq: number, place: StepPlace): void {
    if (this.#folders.size >= MOST_FOLDERS) this.#folders.clear();
    this.#folders.set(seq, place);
  }
}

/** A name with a slash is a whole path: what comes from elsewhere than its folder does. */
function below(folder: string | undefined, name: string | undefined): string | undefined {
  if (name?.includes('/')) return name;
  return folder === undefined || name === undefined ? undefined : joinNative(folder, name);
}
