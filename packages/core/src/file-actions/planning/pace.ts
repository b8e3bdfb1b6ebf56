import type { Stretch } from '../../db/actions/stretches.ts';

/** What copying costs, in milliseconds: each step – opening, naming, flushing a file –, and each byte. */
export interface Pace {
  readonly step: number;
  readonly byte: number;
}

/** A plain disk: what one stretch alone does not tell of the other cost is taken to be in proportion to this. */
export const USUAL_PACE: Pace = { step: 0.5, byte: 1 / 200_000 };
/** Neither cost is taken to be less than that part of the usual: no file and no byte is free. */
const LEAST = 1e-3;
/** It comes close in a few. */
const ROUNDS = 50;

export function msOf({ steps, bytes }: Pick<Stretch, 'steps' | 'bytes'>, pace: Pace): number {
  return steps * pace.step + bytes * pace.byte;
}

/**
 * The costs by which stretches took most likely as long as they did (Richardson–Lucy): both grow or shrink by what the
 * stretches they had a share in took more or less than expected. They stay above zero, long stretches count for more
 * than short ones, and together the stretches come to what they took. Each has at least one step.
 */
export function paceOf(stretches: readonly Stretch[]): Pace {
  let pace = USUAL_PACE;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = { steps: 0, bytes: 0, stepsTook: 0, bytesTook: 0 };
    for (const stretch of stretches) {
      const off = stretch.ms / msOf(stretch, pace);
      sums.steps += stretch.steps;
      sums.bytes += stretch.bytes;
      sums.stepsTook += stretch.steps * off;
      sums.bytesTook += stretch.bytes * off;
    }
    pace = {
      step: Math.max(USUAL_PACE.step * LEAST, sums.steps > 0 ? (pace.step * sums.stepsTook) / sums.steps : pace.step),
      byte: Math.max(USUAL_PACE.byte * LEAST, sums.bytes > 0 ? (pace.byte * sums.bytesTook) / sums.bytes : pace.byte),
    };
  }
  return pace;
}
