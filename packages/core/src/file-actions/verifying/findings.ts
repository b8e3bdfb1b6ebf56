import { showNative } from '../../domain/native-path.ts';
import type { Verification } from '../../domain/plan.ts';

/** So many differences are named. */
const MOST_NAMED = 100;

/** What was expected and what was seen, of steps that differ. */
export class Findings {
  readonly #observed: Verification['observed'][number][] = [];
  #steps = new Set<number>();
  count = 0;
  /** Files that were read whole, and those of them that have the bytes they should. */
  read = 0;
  same = 0;

  /** Steps of which anything differs. */
  get differing(): number {
    return this.count;
  }
  get observed(): Verification['observed'] {
    return this.#observed;
  }

  /** Of a file that was read: hashes as text. */
  compareBytes(step: number, path: string, expected: string, seen: string): void {
    this.read++;
    if (expected === seen) this.same++;
    this.compare(step, path, 'BLAKE3', expected, seen);
  }

  /** Notes it where they differ. */
  compare(step: number, path: string, what: string, expected: string | number, seen: string | number): void {
    if (expected === seen) return;
    if (!this.#steps.has(step)) {
      // A step is looked at in one go.
      this.#steps = new Set([step]);
      this.count++;
    }
    if (this.#observed.length < MOST_NAMED)
      this.#observed.push({
        what: `${what} of ${showNative(path)}`,
        expected: String(expected),
        seen: String(seen),
        ok: false,
      });
  }
}
