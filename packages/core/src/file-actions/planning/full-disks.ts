import { showNative } from '../../domain/native-path.ts';
import type { OnDisk } from './disk.ts';
import type { PlanningParts } from './parts.ts';

/** With less room left than this, in bytes, nothing worth mentioning can be written. */
const FULL = 64 * 1024;

/** Says of each full disk that what goes to the trash there frees nothing: who throws something away may hope so. */
export class FullDisks {
  readonly #parts: Pick<PlanningParts, 'files' | 'warnings'>;
  readonly #looked = new Set<number>();

  constructor(parts: Pick<PlanningParts, 'files' | 'warnings'>) {
    this.#parts = parts;
  }

  /** Something in the folder is to go to the trash. */
  look({ path, device }: OnDisk): void {
    if (this.#looked.has(device)) return;
    this.#looked.add(device);
    const { files, warnings } = this.#parts;
    if (files.space(path).free < FULL)
      warnings.say(
        `the disk of ${showNative(path)} is full: what goes to the trash there takes up its room until the trash is emptied`,
      );
  }
}
