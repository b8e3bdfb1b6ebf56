/**
 * A plan of a file action is a list of steps, in the order in which they are carried out: a folder before what is in
 * it, what takes a folder away after it. Each step is one change of the disk that can be told from the disk alone
 * whether it was done.
 */
export const STEP_KINDS = [
  /** A folder at the target. Where the source is a folder that is copied or moved piece by piece, its copy. */
  'make_folder',
  /** An empty file at the target. */
  'make_file',
  /** A file or symbolic link: its copy at the target. */
  'copy',
  /** Within one file system: the same file, folder or link under the target's name. One step for all that is below it. */
  'rename',
  /** To another file system: copied, read back and compared, then the source removed. */
  'move',
  /** Takes away the source's folder once it is empty, after what was in it was moved. What is not empty stays. */
  'remove_folder',
  /** Into the trash, a folder with all that is in it. With a target it is a copy of that file, and goes only if it is, byte by byte. */
  'trash',
  /** Out of the trash (`source` lies there), back to the target. */
  'restore',
  /** For good: a file, a link, or an empty folder. */
  'delete',
  /** The times of the source become those of `times`. */
  'set_times',
  /** The source becomes another name of the target's file, byte by byte the same: the freed copy goes to the trash. */
  'hard_link',
  /** The source becomes a copy-on-write clone of the target's file, byte by byte the same. */
  'clone',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** How far a step is; by code at rest: 0 to 4. `doing`: begun, and the disk has to say whether it was done. */
export const STEP_STATES = ['waiting', 'doing', 'done', 'skipped', 'failed'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** What there is of a file before a step touches it: it is looked at again then. Times in microseconds. */
export interface StepFacts {
  /** As in `ENTRY_TYPES`. */
  readonly type: number;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly device: number;
}

/** Microseconds since the epoch; what is absent stays as it is. */
export interface StepTimes {
  readonly modified?: number | undefined;
  readonly accessed?: number | undefined;
}

/** What can be chosen where something is at the target already. */
export const CONFLICT_CHOICES = ['skip', 'replace', 'keep_both', 'merge', 'newer', 'larger'] as const;
export type ConflictChoice = (typeof CONFLICT_CHOICES)[number];
/** What an action may be told in advance; `ask`: it is not carried out before somebody has chosen. */
export const CONFLICT_POLICIES = ['ask', ...CONFLICT_CHOICES] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

/** Why a step has a conflict; by code at rest, 0 is none. */
export const CONFLICTS = [
  'none',
  /** A file or link is there, and one comes. */
  'file',
  /** A folder is there, and one comes. */
  'folder',
  /** A folder is there and a file comes, or the other way round. */
  'type',
  /** Two steps of this plan have the same target (on this file system: case aside). */
  'twice',
  /** A folder is there, and one comes in one piece, out of the trash or to where it was: they do not merge. */
  'whole',
] as const;
export type ConflictKind = (typeof CONFLICTS)[number];

/** The choices each has, the default first. */
export const CHOICES_OF: Readonly<Record<ConflictKind, readonly ConflictChoice[]>> = {
  none: [],
  file: ['skip', 'replace', 'keep_both', 'newer', 'larger'],
  folder: ['merge', 'skip', 'replace', 'keep_both'],
  type: ['skip', 'replace', 'keep_both'],
  twice: ['keep_both', 'skip'],
  whole: ['keep_both', 'skip', 'replace'],
};

/** A step as it was planned. */
export interface Step {
  readonly seq: number;
  readonly kind: StepKind;
  /** The step that is about the folder it lies in: source and target are relative to that one's. Absent at the top. */
  readonly parent?: number | undefined;
  /**
   * Where it is: a name in the source folder of `parent`, or a native path: at the top, and of what comes from elsewhere.
   * Absent where it has none (`make_folder` and `make_file` of something new), and of the `remove_folder` of `parent`'s
   * own source.
   */
  readonly name?: string | undefined;
  /** Where it comes: a name in the target folder of `parent`, or at the top a native path. Absent: as `name`, or none. */
  readonly target?: string | undefined;
  /** Of the source; of something new, its type and zeros. */
  readonly facts: StepFacts;
  /** Its entry in the index, where it has one. */
  readonly entry?: number | undefined;
  /** What is at the target now. */
  readonly there?: StepFacts | undefined;
  /** Of `set_times`. */
  readonly times?: StepTimes | undefined;
  /**
   * Of `restore`: the UUID in `trashed` of what it brings back. Of `trash`, where it takes back a restoring: the one that
   * it had there, so that what else refers to it finds it again.
   */
  readonly trashed?: string | undefined;
  /**
   * Of `restore`: native path of the file that what comes back was a copy of, and went for. Done again, it goes only if it
   * still is.
   */
  readonly kept?: string | undefined;
  /**
   * Of `trash`: BLAKE3 that all its bytes must have, where the copy that stays cannot be looked at. Of `restore`: that it
   * had to have.
   */
  readonly hash?: Uint8Array | undefined;
  readonly conflict: ConflictKind;
}

/** What came of a step; all that undoing it, and looking again, need. */
export interface StepOutcome {
  /** Native paths, where they are not as planned: a numbered name. */
  readonly target?: string;
  /** What is at the target now, or where the source was renamed to. */
  readonly facts?: StepFacts;
  /** Of `make_folder`: the folder was there, and what comes joins what is in it. */
  readonly existed?: true;
  /** Where what it took away, or what was at the target before, lies in the trash: the UUID in `trashed`. */
  readonly trashed?: string;
  readonly replaced?: string;
  /** Of a folder that came out of the trash, with all that is in it: when, in microseconds since the epoch. */
  readonly at?: number;
  /** What it was before, where that is what the step changed: times in microseconds. */
  readonly before?: { readonly mtime: number };
  /** Copies: how the bytes came there, and what of the file could not come along. */
  readonly how?: 'clone' | 'kernel' | 'stream';
  readonly lost?: readonly string[];
  /** BLAKE3 of what was read back at the target, where it was. */
  readonly hash?: Uint8Array;
  /** Why it was skipped or failed. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** A step that was at least begun. */
export interface StepProgress {
  readonly seq: number;
  readonly state: StepState;
  /** Inode of the file under its temporary name, from before it gets its own: the disk then says whether it has it. */
  readonly temporary?: number | undefined;
  readonly outcome?: StepOutcome | undefined;
}
