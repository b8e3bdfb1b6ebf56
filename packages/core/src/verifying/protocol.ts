import { z } from 'zod';
import type { LocationRules } from '../domain/location.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import { findingsSchema, locationReportSchema, noFindings } from './report.ts';

/**
 * How many folders are remembered as differing. With more of them, reading the whole location anew costs no more, and a
 * checkpoint stays small.
 */
export const MOST_FOLDERS = 10_000;
/** How many corrupt files one repair takes. */
export const MOST_CORRUPT = 10_000;

/** `compare` disk and index; `confirm` what differed; read `contents`; `done`. */
const PHASES = ['compare', 'confirm', 'contents', 'done'] as const;

/** How far a verification is. Everything it says was seen while the location's folder was there. */
export const verifyLocationStateSchema = z.object({
  phase: z.enum(PHASES),
  /** Folders of the index up to this id are done, in this phase. */
  after: z.int(),
  /** In the folder that follows, contents of entries up to this id are done. */
  within: z.int(),
  found: findingsSchema,
  looked: locationReportSchema.pick({ files: true, folders: true, bytes: true }),
  /** What reading the contents means, as far as it is known. */
  plan: z.object({ files: z.int(), bytes: z.int() }),
  contents: locationReportSchema.shape.contents.unwrap(),
  /** Folders that differ, or, until they are confirmed, seem to. */
  differing: z.array(z.int()).max(MOST_FOLDERS),
  /** More folders differ than are remembered. */
  beyond: z.boolean(),
  /** Entries whose content is corrupt. */
  corrupt: z.array(z.int()).max(MOST_CORRUPT),
  worked_ms: z.int(),
  repair: locationReportSchema.shape.repair,
});
export type VerifyLocationState = z.infer<typeof verifyLocationStateSchema>;

export function beginVerification(): VerifyLocationState {
  return {
    phase: 'compare',
    after: 0,
    within: 0,
    found: noFindings(),
    looked: { files: 0, folders: 0, bytes: 0 },
    plan: { files: 0, bytes: 0 },
    contents: { files: 0, bytes: 0, full: 0, skipped: 0, unidentified: 0 },
    differing: [],
    beyond: false,
    corrupt: [],
    worked_ms: 0,
    repair: undefined,
  };
}

export interface VerifyLocationProgress {
  readonly phase: VerifyLocationState['phase'];
  readonly done: number;
  readonly total?: number;
  readonly bytes: number;
  readonly bytesTotal?: number;
  /** Native path of what it looks at. */
  readonly path: string;
}

/** The first and only message to the thread; it stops when `stop[0]` is not 0. */
export interface VerifyLocationRequest {
  readonly library: LibraryAccess;
  readonly root: { readonly id: number; readonly path: string };
  /** Entry of the only folder to look at, with all below it. */
  readonly within: number | undefined;
  readonly rules: LocationRules;
  readonly content: boolean;
  readonly state: VerifyLocationState;
  readonly stop: SharedArrayBuffer;
}
