/** How an action went. */
export const AUDIT_OUTCOMES = [
  /** It did what it was asked. */
  'done',
  /** The job that carries it out has not ended. */
  'started',
  /** Some of it was done. */
  'partial',
  'failed',
  'cancelled',
  /** It was not begun: a permission, a confirmation or a plan that still holds was missing. */
  'refused',
  /** This device stopped in the middle of it, and nothing says how far it came. */
  'interrupted',
] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** What a job that carried out an action came to, in the units it counts in. */
export interface AuditCounts {
  readonly done: number;
  readonly skipped?: number;
  readonly failed: number;
}
