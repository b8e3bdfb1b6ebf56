import type { SdPath } from '../../domain/sd-path.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { Connection, ReadConnection } from '../../ports/sqlite.ts';
import type { NameLimits } from '../../ports/user-files.ts';
import type { DedupeChoice } from '../../deduplicating/choice.ts';
import type { DedupeParts, DedupePlan } from '../../deduplicating/dedupe-steps.ts';
import type { GivenStep, PlannerLibrary, PlannerWorld } from '../protocol.ts';
import type { Disk } from './disk.ts';
import type { IndexedTree } from './indexed-tree.ts';
import type { PlanWriter } from './plan-writer.ts';
import type { Warnings } from './warnings.ts';

/** What other services do for the planner. */
export interface PlannerHelp {
  /** Reads what a client gave as an address. Throws `INVALID_INPUT`, and `NOT_FOUND` for another device's files. */
  addressOf(text: string, device: { readonly slug: string }): SdPath;
  /** Steps that take back what a plan has done, in the order in which they are to be carried out. */
  inverseSteps(plan: string, parts: InverseParts): Iterable<GivenStep>;
  /** Which copies go, and which stay. Throws `UNAVAILABLE` where it cannot be done in the way that was asked for. */
  dedupePlan(choice: DedupeChoice, parts: DedupeParts): DedupePlan;
}

/** What an inverse plan is made from. */
export interface InverseParts {
  /** `actions.db`, and the library. */
  readonly actions: ReadConnection;
  readonly db: ReadConnection;
  readonly files: ReadFiles;
  /** Microseconds since the epoch. */
  readonly now: number;
  checkCancelled(): void;
}

/** What the making of one plan works with. */
export interface PlanningParts {
  readonly files: ReadFiles;
  readonly db: ReadConnection;
  readonly actions: Connection;
  readonly library: PlannerLibrary;
  readonly world: PlannerWorld;
  readonly help: PlannerHelp;
  readonly disk: Disk;
  readonly index: IndexedTree;
  readonly out: PlanWriter;
  readonly warnings: Warnings;
  /** Native paths of files that other programs have open, until it has looked long enough; absent where the system does not say. */
  readonly openFiles?: ((enough: () => boolean) => Iterable<string>) | undefined;
  /** Milliseconds that only go forward, and since the epoch. */
  now(): number;
  time(): number;
  checkCancelled(): void;
}

/** What the file system of a folder takes. */
export type Limits = (folder: string) => NameLimits;

/** What a kind of request says of the plan it has written the steps of. */
export interface Planned {
  /** In a sentence: what would be done. */
  readonly summary: string;
  /** Bytes it is about where none are written: those that go. */
  readonly bytes?: number;
  /** Where something comes to. */
  readonly target?: { readonly folder: string; readonly device: number };
  /** Sources and target share a file system on which copies share their bytes. */
  readonly sharesBytes?: boolean;
  /** Steps suppose what those before them have done: they are looked at again in their order. */
  readonly buildsOnItself?: true;
  readonly expectedMs?: number;
  /** See `PlanHead`. */
  readonly route?: string;
  readonly filesThere?: number;
  readonly bytesThere?: number;
}
