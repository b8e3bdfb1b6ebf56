import type { FoundStep } from '../../db/actions/steps.ts';
import { joinNative, parentOf } from '../../domain/native-path.ts';
import { temporaryName } from '../../domain/temporary-name.ts';

/**
 * Folders that are made and do not have their names yet. What is new in such a folder is made in it at once, under its
 * own name: nobody looks there before the folder gets its own, and with that one rename all of it is at its place.
 */
export class PendingFolders {
  readonly #plan: string;
  /** By the number of the step: native paths; `undefined`: nothing may be made in it before it is at its place. */
  readonly #paths = new Map<number, string | undefined>();

  constructor(plan: string) {
    this.#plan = plan;
  }

  add(step: FoundStep, path: string): void {
    // Where something was at its target it may come to be that, or get another name.
    this.#paths.set(step.seq, step.conflict === 'none' ? path : undefined);
  }

  /** Where a step's thing is made that comes with the folder it lies in. */
  inside(step: FoundStep): string | undefined {
    const folder = step.parent === undefined ? undefined : this.#paths.get(step.parent);
    const name = step.target ?? step.name;
    if (folder === undefined || name === undefined || name.includes('/') || step.conflict !== 'none') return undefined;
    return joinNative(folder, name);
  }

  /** Where it is made until it has its name: in its folder, where that one waits for its own, else beside `target`. */
  placeOf(step: FoundStep, target: string): string {
    return this.inside(step) ?? besideTarget(this.#plan, step, target);
  }

  /** What comes into it has to wait until it is at its place. */
  keepsWaiting(step: FoundStep): boolean {
    return step.parent !== undefined && this.#paths.has(step.parent) && this.inside(step) === undefined;
  }
}

/** The temporary name of a step's thing. */
export function besideTarget(plan: string, { seq }: Pick<FoundStep, 'seq'>, target: string): string {
  return joinNative(parentOf(target) ?? '/', temporaryName(plan, seq));
}
