import type { FoundStep } from '../../db/actions/steps.ts';
import { parentOf } from '../../domain/native-path.ts';
import type { CarryWorld } from './world.ts';

/** Paths that steps of a batch are about. */
export class TouchedPaths {
  readonly #world: Pick<CarryWorld, 'paths'>;
  readonly #paths = new Set<string>();

  constructor(world: Pick<CarryWorld, 'paths'>) {
    this.#world = world;
  }

  add(step: FoundStep): void {
    const { source, target } = this.#world.paths.of(step);
    if (source !== undefined) this.#paths.add(source);
    if (target !== undefined) this.#paths.add(target);
  }

  /** Whether the step is about one of them, or about what lies below one. */
  has(step: FoundStep): boolean {
    const { source, target } = this.#world.paths.of(step);
    return this.#above(source) || this.#above(target);
  }

  #above(path: string | undefined): boolean {
    for (let above = path; above !== undefined; above = parentOf(above)) if (this.#paths.has(above)) return true;
    return false;
  }
}
