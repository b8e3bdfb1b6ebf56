import { z } from 'zod';

/** What a person reads before they say yes. */
export interface Plan {
  readonly summary: string;
  /** The first of them, where there are more than a page: `plans.steps` has them all. */
  readonly steps: readonly PlanStep[];
  readonly totals?: PlanTotals;
  /** Bytes that will be written, moved or removed, where that is what it is about. */
  readonly bytes?: number;
  readonly conflicts: readonly Conflict[];
  readonly warnings: readonly string[];
}

export interface PlanStep {
  /** A verb: `create`, `index`, `forget`, `move to trash`, … */
  readonly what: string;
  /** What it is done to, for people. */
  readonly target: string;
  /** Where it comes from, for people. */
  readonly source?: string;
  readonly bytes?: number;
  readonly detail?: string;
  /** Id of the conflict it has. */
  readonly conflict?: string;
}

/** What a plan of a file action comes to. Bytes and milliseconds. */
export interface PlanTotals {
  readonly steps: number;
  readonly conflicts: number;
  readonly files: number;
  readonly folders: number;
  /** To be written anew; a rename writes none. */
  readonly bytes: number;
  /** Of them, there already by content on the target's volume. */
  readonly bytes_there?: number;
  readonly files_there?: number;
  /** Room at the target. */
  readonly free?: number;
  /** By what copies between these file systems took, or the measured speeds of their volumes; a guess. */
  readonly expected_ms?: number;
}

/** What a plan leaves open. */
export interface Conflict {
  readonly id: string;
  readonly about: string;
  readonly choices: readonly string[];
  readonly default: string;
}

/** Choices by the ids of conflicts. */
export type Decisions = Readonly<Record<string, string>>;

/** What is seen when what was done is looked at again. */
export interface Verification {
  readonly ok: boolean;
  readonly observed: readonly {
    readonly what: string;
    readonly expected: string;
    readonly seen: string;
    readonly ok: boolean;
  }[];
}

/** A schema for each field that the type has, and for no other. */
export type FieldsOf<T> = Readonly<Record<keyof T, z.ZodType>>;

export const planStepSchema = z.object({
  what: z.string().describe('a verb'),
  target: z.string().describe('what it is done to'),
  source: z.string().optional().describe('where it comes from'),
  bytes: z.int().optional(),
  detail: z.string().optional(),
  conflict: z.string().optional().describe('id of the conflict it has'),
} satisfies FieldsOf<PlanStep>);

export const planTotalsSchema = z
  .object({
    steps: z.int(),
    conflicts: z.int(),
    files: z.int(),
    folders: z.int(),
    bytes: z.int().describe('to be written anew; a rename writes none'),
    bytes_there: z.int().optional().describe('of them, there already by content'),
    files_there: z.int().optional(),
    free: z.int().optional().describe('room at the target, in bytes'),
    expected_ms: z
      .number()
      .optional()
      .describe('a guess, by what earlier copies between these file systems took, or by their measured speeds'),
  } satisfies FieldsOf<PlanTotals>)
  .describe('of a change of files');

export const conflictSchema = z.object({
  id: z.string(),
  about: z.string(),
  choices: z.array(z.string()).readonly(),
  default: z.string(),
} satisfies FieldsOf<Conflict>);

export const verificationSchema = z.object({
  ok: z.boolean(),
  observed: z.array(z.object({ what: z.string(), expected: z.string(), seen: z.string(), ok: z.boolean() })),
} satisfies FieldsOf<Verification>);
