import { parentOf } from '../../domain/native-path.ts';
import type { StepFacts } from '../../domain/step.ts';
import type { UserFiles } from '../../ports/user-files.ts';
import { factsOf } from '../facts-of.ts';
import { NO_INODE } from '../../domain/same-inode.ts';

/** Which file systems keep the numbers of their files. */
export class Inodes {
  readonly #limits: UserFiles['limits'];
  /** By device. */
  readonly #kept = new Map<number, boolean>();

  constructor(limits: UserFiles['limits']) {
    this.#limits = limits;
  }

  /** Facts as they can be compared later: without the number, where the file may have another one by then. */
  lasting(path: string, facts: StepFacts): StepFacts {
    const lasting = factsOf(facts);
    return this.#keeps(path, facts.device) ? lasting : { ...lasting, inode: NO_INODE };
  }

  #keeps(path: string, device: number): boolean {
    const known = this.#kept.get(device);
    if (known !== undefined) return known;
    const keeps = this.#limits(parentOf(path) ?? path).changesInodes !== true;
    this.#kept.set(device, keeps);
    return keeps;
  }
}
