import type { VerifyFully } from '../../hashing/full-hashing.ts';
import type { JobKind } from '../kind.ts';
import { verifyDuplicates } from './content/verify-duplicates.ts';
import { type IndexServices, indexLocation } from './locations/index.ts';
import { sweepLocation } from './locations/sweep.ts';

/** Every kind of job, listed by hand, with the services they work with. */
export function jobKinds(services: IndexServices & { verifyFully: VerifyFully }): readonly JobKind[] {
  return [indexLocation(services), sweepLocation(services), verifyDuplicates(services.verifyFully)];
}
