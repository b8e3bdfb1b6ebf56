import type { VerifyFully } from '../../hashing/full-hashing.ts';
import type { JobKind } from '../kind.ts';
import { verifyDuplicates } from './content/verify-duplicates.ts';

/** What the kinds drive; core.ts passes it in. */
export interface JobServices {
  readonly verifyFully: VerifyFully;
}

/** Every kind of job, listed by hand; a test holds the list against the files. */
export function jobKinds({ verifyFully }: JobServices): readonly JobKind[] {
  return [verifyDuplicates(verifyFully)];
}
