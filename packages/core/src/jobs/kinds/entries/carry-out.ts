import { z } from 'zod';
import { uuidSchema } from '../../../domain/ids.ts';
import { SdError } from '../../../errors.ts';
import { type PlanEnd, carriedSchema, nothingCarried } from '../../../domain/carried.ts';
import type { Carriers } from '../../../file-actions/carrying-out/carriers.ts';
import type { Library } from '../../../libraries/library.ts';
import { type JobKind, jobKind } from '../../kind.ts';

export interface CarryOutServices {
  readonly carriers: Pick<Carriers, 'carryOut' | 'tidy'>;
  /** Says in audit and history what came of an action. Told more than once of the same after a crash. */
  planEnded(library: Library, end: PlanEnd): Promise<void>;
}

const inputSchema = z.object({ plan: uuidSchema, receipt: uuidSchema });
