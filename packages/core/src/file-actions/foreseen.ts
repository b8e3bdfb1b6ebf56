import type { StepFacts, StepKind } from '../domain/step.ts';
import type { ReadFiles } from '../ports/files.ts';
import { factsOf } from './facts-of.ts';

/** Steps that bring something to a target. */
export const LANDS: ReadonlySet<StepKind> = new Set(['make_folder', 'make_file', 'copy', 'rename', 'move', 'restore']);
/** Steps that leave their source where it is. */
const STAYS: ReadonlySet<StepKind> = new Set(['copy', 'set_times', 'make_folder', 'make_file', 'hard_link', 'clone']);

/** The disk as it will be once the steps so far are done: steps that build on one another are looked at in their order. */
export class Foreseen {
  readonly #files: Pick<ReadFiles, 'facts'>;
  readonly #filled = new Map<string, StepFacts>();
  readonly #emptied = new Set<string>();

  constructor(files: Pick<ReadFiles, 'facts'>) {
    this.#files = files;
  }

  at(path: string): StepFacts | undefined {
    const filled = this.#filled.get(path);
    if (filled) return filled;
    if (this.#emptied.has(path)) return undefined;
    const found = this.#files.facts(path);
    return found && factsOf(found);
  }

  isFilled(path: string): boolean {
    return this.#filled.has(path);
  }
  isEmptied(path: string): boolean {
    return this.#emptied.has(path) && !this.#filled.has(path);
  }

  done(kind: StepKind, facts: StepFacts, source: string | undefined, target: string | undefined): void {
    if (source !== undefined && !STAYS.has(kind)) {
      this.#emptied.add(source);
      this.#filled.delete(source);
    }
    if (target !== undefined && LANDS.has(kind)) this.#filled.set(target, facts);
  }
}
