import { STEP_STATES, type StepOutcome } from '../../domain/step.ts';
import type { Connection, SqlValue } from '../../ports/sqlite.ts';
import { encode } from './encode.ts';

/** What came of a step. */
export interface StepEnd {
  readonly seq: number;
  readonly state: 'done' | 'skipped' | 'failed';
  readonly outcome: StepOutcome;
}

/** So many rows go into one statement: half the work of one by one. */
const ROWS = 50;
const insertSql = (rows: number): string =>
  `INSERT OR REPLACE INTO outcomes (plan, seq, state, outcome) VALUES ${Array(rows).fill('(?, ?, ?, ?)').join(', ')}`;
const INSERT_ONE = insertSql(1);
const INSERT_MANY = insertSql(ROWS);

/** Steps that came to their end; what was said of one before holds no more. */
export function insertOutcomes(db: Connection, plan: string, ends: readonly StepEnd[]): void {
  const whole = ends.length - (ends.length % ROWS);
  for (let at = 0; at < whole; at += ROWS)
    db.prepare(INSERT_MANY).run(...ends.slice(at, at + ROWS).flatMap((end) => valuesOf(plan, end)));
  for (const end of ends.slice(whole)) db.prepare(INSERT_ONE).run(...valuesOf(plan, end));
}

function valuesOf(plan: string, { seq, state, outcome }: StepEnd): SqlValue[] {
  return [plan, seq, STEP_STATES.indexOf(state), encode(outcome)];
}
