import { z } from 'zod';
import type { DuplicateScope } from '../db/library/duplicates.ts';
import type { LibraryAccess } from '../libraries/library.ts';

/** How many files that could not be hashed are named one by one; the rest is counted. */
const MOST_PROBLEMS_NAMED = 100;

/** How far a verification is: what it has done stays valid whenever it goes on. Sizes in bytes. */
export const verifyStateSchema = z.object({
  /** Every content up to this id is done. */
  after: z.int(),
  contents: z.int(),
  files: z.int(),
  bytes: z.int(),
  /** Files read whole; the others had been before, and have not changed since. */
  hashed: z.int(),
  /** Contents all of whose files are the same to the last byte. */
  equal: z.int(),
  /** Contents whose files differ although their samples agree. */
  differing: z.int(),
  /** Contents of which some files could not be hashed. */
  incomplete: z.int(),
  /** What keeping one of each set of files with equal full hashes would free. */
  reclaimable: z.int(),
  problems: z.int(),
  named: z.array(z.object({ path: z.string(), reason: z.string() })).max(MOST_PROBLEMS_NAMED),
});
export type VerifyState = z.infer<typeof verifyStateSchema>;

export const VERIFY_BEGIN: VerifyState = {
  after: 0,
  contents: 0,
  files: 0,
  bytes: 0,
  hashed: 0,
  equal: 0,
  differing: 0,
  incomplete: 0,
  reclaimable: 0,
  problems: 0,
  named: [],
};

export function withProblem(state: VerifyState, path: string, reason: string): VerifyState {
  const named = state.named.length < MOST_PROBLEMS_NAMED ? [...state.named, { path, reason }] : state.named;
  return { ...state, problems: state.problems + 1, named };
}

/** The whole of the work, and the part that is done, the file being read included. */
export interface VerifyProgress {
  readonly files: number;
  readonly filesTotal: number;
  readonly bytes: number;
  readonly bytesTotal: number;
  /** The file being read, for people. */
  readonly path: string;
}

/** The first and only message to the thread; it stops when `stop[0]` is not 0. */
export interface VerifyRequest {
  readonly library: LibraryAccess;
  /** The thread's number for the library's write lock. */
  readonly owner: number;
  readonly scope: DuplicateScope;
  readonly state: VerifyState;
  readonly stop: SharedArrayBuffer;
}

/** Beside a saved state: the UUIDs of the contents that got hashes since the last. */
export interface VerifySaved {
  readonly contents: readonly string[];
}
