import { FOLDER } from '../../domain/entry.ts';
import { joinNative } from '../../domain/native-path.ts';
import type { ConflictKind, StepFacts } from '../../domain/step.ts';
import type { NameLimits } from '../../ports/user-files.ts';
import type { Disk } from './disk.ts';
import { factsOf } from '../facts-of.ts';
import { type FolderLister } from './listing.ts';
import { nameKey } from './names.ts';

/** With more names to look for, the whole folder is listed. */
const LOOKED_FOR_ONE_BY_ONE = 64;

/** What a name meets where it comes to. */
export interface Met {
  readonly conflict: ConflictKind;
  readonly there?: StepFacts;
}
const NOTHING: Met = { conflict: 'none' };

/** A folder that things come into: what they meet there, and each other. */
export class Landing {
  /** Native path, as far as it is known before the plan is carried out. */
  readonly path: string;
  readonly device: number;
  readonly limits: NameLimits;
  readonly #look: (name: string) => StepFacts | undefined;
  /** Names that this plan brings; `undefined` where no two of them can be the same. */
  readonly #brought: Set<string> | undefined;

  private constructor(
    at: { path: string; device: number; limits: NameLimits },
    look: (name: string) => StepFacts | undefined,
    brought: Set<string> | undefined,
  ) {
    this.path = at.path;
    this.device = at.device;
    this.limits = at.limits;
    this.#look = look;
    this.#brought = brought;
  }

  /** A folder that is there, for `expected` names that come from one folder, or from anywhere. */
  static there(
    at: { path: string; device: number; limits: NameLimits },
    { disk, lister, expected, anywhere }: { disk: Disk; lister: FolderLister; expected: number; anywhere: boolean },
  ): Landing {
    const brought = anywhere || at.limits.caseSensitive === false ? new Set<string>() : undefined;
    if (expected <= LOOKED_FOR_ONE_BY_ONE)
      return new Landing(
        at,
        (name) => {
          const facts = disk.facts(joinNative(at.path, name));
          return facts && factsOf(facts);
        },
        brought,
      );
    const listed = new Map(lister.list(at.path).map(({ name, facts }) => [nameKey(name, at.limits), facts]));
    return new Landing(at, (name) => listed.get(nameKey(name, at.limits)), brought);
  }

  /** A folder that the plan makes. */
  static made(at: { path: string; device: number; limits: NameLimits }): Landing {
    return new Landing(at, () => undefined, at.limits.caseSensitive === false ? new Set() : undefined);
  }

  meets(name: string, { type }: Pick<StepFacts, 'type'>): Met {
    if (this.#brought) {
      const key = nameKey(name, this.limits);
      if (this.#brought.has(key)) return { conflict: 'twice' };
      this.#brought.add(key);
    }
    const there = this.#look(name);
    if (!there) return NOTHING;
    if (type === FOLDER && there.type === FOLDER) return { conflict: 'folder', there };
    return { conflict: type === FOLDER || there.type === FOLDER ? 'type' : 'file', there };
  }

  /** The folder of that name in it, once it is there. */
  within(name: string): { path: string; device: number; limits: NameLimits } {
    return { path: joinNative(this.path, name), device: this.device, limits: this.limits };
  }
}
