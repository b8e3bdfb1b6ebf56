import { z } from 'zod';

/** So many files with something they could not take along, and so many problems, are named. */
export const MOST_NAMED = 100;

/** What came of a plan of a file action. */
export const carriedSchema = z.object({
  done: z.int().describe('steps'),
  merged: z.int().describe('of them: folders that were there already, and took in what came'),
  skipped: z.int().describe('steps'),
  failed: z.int().describe('steps'),
  bytes: z.int().describe('that were copied'),
  verified: z.int().describe('files that were read back at the target and were, byte for byte, what the source is'),
  lost: z
    .object({
      count: z.int(),
      named: z.array(z.object({ item: z.string(), lost: z.array(z.string()) })).max(MOST_NAMED),
    })
    .describe('files and folders that could not take everything along, the first of them by name, with what'),
});
export type Carried = z.infer<typeof carriedSchema>;

export function nothingCarried(): Carried {
  return { done: 0, merged: 0, skipped: 0, failed: 0, bytes: 0, verified: 0, lost: { count: 0, named: [] } };
}

/** Of the steps that were done, those that changed something: that is what can be taken back. */
export function changedSteps({ done, merged }: Pick<Carried, 'done' | 'merged'>): number {
  return done - merged;
}

/** How a plan came to its end: `failed` where it cannot go on by itself, though somebody may tell its job to try again. */
export interface PlanEnd {
  /** UUIDs. */
  readonly plan: string;
  readonly receipt: string;
  readonly job: string;
  readonly outcome: 'done' | 'cancelled' | 'failed';
  readonly carried: Carried;
}
