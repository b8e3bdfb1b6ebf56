import type { FoundStep } from '../../db/actions/steps.ts';
import type { StepOutcome } from '../../domain/step.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import type { CopiedFile, UserFiles } from '../../ports/user-files.ts';
import type { DiskChange } from '../index-follower.ts';
import type { StepPaths } from '../step-paths.ts';
import type { Chooser } from './chooser.ts';
import type { ContentReader } from './content-reader.ts';
import type { Inodes } from './inodes.ts';
import type { Places } from './places.ts';
import type { TrashCan } from './trash-can.ts';

/** What all parts of carrying out one plan work with. */
export interface CarryWorld {
  /** UUIDs. */
  readonly plan: string;
  readonly receipt: string;
  readonly files: ReadFiles;
  readonly userFiles: UserFiles;
  readonly paths: StepPaths;
  readonly chooser: Chooser;
  readonly content: ContentReader;
  readonly trash: TrashCan;
  readonly inodes: Inodes;
  readonly places: Places;
  /** Steps suppose what those before them have done. */
  readonly buildsOnItself: boolean;
  /** The step with that number, as it is by now. */
  find(seq: number): FoundStep | undefined;
  /** Milliseconds since the epoch. */
  now(): number;
  /** It is told to leave off once `stop[0]` is not 0: other threads see it too. */
  readonly stop: SharedArrayBuffer;
  stopped(): boolean;
  /** What it works on now, and bytes that were just written. */
  working(path: string, bytes?: number): void;
  /** A batch came to its end. */
  settled(): void;
}

/** What lies under its temporary name, whole, and is only to be renamed. */
export interface Made {
  /** Native path. */
  readonly path: string;
  /** It has its own name already, in a folder of the same batch that lies under a temporary one, and comes with it. */
  readonly inside?: boolean | undefined;
  readonly facts: FileFacts;
  readonly copied?: Pick<CopiedFile, 'how' | 'lost'> | undefined;
  /** BLAKE3 of what was read back. */
  readonly hash?: Uint8Array | undefined;
}

/** A step that is prepared as far as it can be without changing what people see. */
export interface Ready {
  readonly step: FoundStep;
  readonly made?: Made | undefined;
  /** BLAKE3 of a copy that goes, once it was compared. */
  readonly hash?: Uint8Array | undefined;
  /** It was begun before a crash, and its file or folder has come to this place. */
  readonly arrived?: { readonly target: string; readonly facts: FileFacts } | undefined;
}

/** A step that came to its end. */
export interface Settled {
  readonly step: FoundStep;
  readonly state: 'done' | 'skipped' | 'failed';
  readonly outcome: StepOutcome;
  /** What the index has to hear. */
  readonly changes: readonly DiskChange[];
}

export function done(step: FoundStep, outcome: StepOutcome, ...changes: DiskChange[]): Settled {
  return { step, state: 'done', outcome, changes };
}

export function skipped(step: FoundStep, message: string): Settled {
  return { step, state: 'skipped', outcome: { error: { code: 'CONFLICT', message } }, changes: [] };
}

/** Of a step below a folder that was left out. */
export const LEFT_OUT = 'the folder it lies in was left out';

export function needed(path: string | undefined): string {
  if (path === undefined) throw new Error('a step of this kind has this path');
  return path;
}
