import { decode } from '@msgpack/msgpack';
import { nameOfStored } from '../../domain/entry.ts';
import { STEP_KINDS, STEP_STATES, type StepKind, type StepOutcome, type StepState } from '../../domain/step.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

const state = (name: StepState): number => STEP_STATES.indexOf(name);
const kind = (name: StepKind): number => STEP_KINDS.indexOf(name);
/** Steps that write bytes anew. */
const COPYING = `kind IN (${kind('copy')}, ${kind('move')})`;

/** What a plan comes to: its steps, and the bytes they write. */
export function stepTotals(db: ReadConnection, plan: string): { steps: number; bytes: number } {
  const row = db
    .prepare<{ steps: number; bytes: number | null }>(
      `SELECT count(*) AS steps, sum(iif(${COPYING}, size, 0)) AS bytes FROM steps WHERE plan = ?`,
    )
    .get(plan);
  return { steps: row?.steps ?? 0, bytes: row?.bytes ?? 0 };
}

export interface StepCounts {
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly bytes: number;
}

/** How far a plan is. */
export function stepCounts(db: ReadConnection, plan: string): StepCounts {
  const rows = db
    .prepare<{ state: number; n: number; bytes: number | null }>(
      `SELECT state, count(*) AS n, sum(iif(${COPYING}, size, 0)) AS bytes
       FROM outcomes CROSS JOIN steps USING (plan, seq) WHERE plan = ? GROUP BY state`,
    )
    .all(plan);
  const of = (name: StepState) => rows.find((row) => row.state === state(name));
  return {
    done: of('done')?.n ?? 0,
    skipped: of('skipped')?.n ?? 0,
    failed: of('failed')?.n ?? 0,
    bytes: of('done')?.bytes ?? 0,
  };
}

export interface EndedStep {
  readonly seq: number;
  readonly kind: StepKind;
  readonly parent: number | undefined;
  readonly name: string | undefined;
  readonly target: string | undefined;
  readonly state: StepState;
  readonly outcome: StepOutcome;
}

/** Every step that came to its end, in their order. */
export function* endedSteps(db: ReadConnection, plan: string): Generator<EndedStep> {
  const rows = db
    .prepare<{
      seq: number;
      kind: number;
      parent: number | null;
      name: string | Uint8Array | null;
      target: string | Uint8Array | null;
      state: number;
      outcome: Uint8Array;
    }>(`SELECT seq, kind, parent, name, target, state, outcome
       FROM outcomes CROSS JOIN steps USING (plan, seq) WHERE plan = ? ORDER BY seq`)
    .iterate(plan);
  for (const row of rows)
    yield {
      seq: row.seq,
      kind: STEP_KINDS[row.kind] ?? 'copy',
      parent: row.parent ?? undefined,
      name: row.name === null ? undefined : nameOfStored(row.name),
      target: row.target === null ? undefined : nameOfStored(row.target),
      state: STEP_STATES[row.state] ?? 'waiting',
      outcome: decode(row.outcome) as StepOutcome,
    };
}

/** Native paths of what steps at the top are about, those of the first of them. */
export function topPaths(db: ReadConnection, plan: string, limit: number): string[] {
  return db
    .prepare<{ name: string | Uint8Array | null; target: string | Uint8Array | null }>(
      'SELECT name, target FROM steps WHERE plan = ? AND parent IS NULL ORDER BY seq LIMIT ?',
    )
    .all(plan, limit)
    .flatMap(({ name, target }) => [name, target])
    .filter((path) => path !== null)
    .map(nameOfStored);
}

/** Numbers of folders that were made, the last first. */
export function madeFolders(db: ReadConnection, plan: string, before: number, limit: number): number[] {
  return db
    .prepare<{ seq: number }>(
      `SELECT seq FROM steps JOIN outcomes USING (plan, seq)
       WHERE plan = ? AND seq < ? AND kind = ${kind('make_folder')} AND state = ${state('done')} AND name IS NOT NULL
       ORDER BY seq DESC LIMIT ?`,
    )
    .all(plan, before, limit)
    .map(({ seq }) => seq);
}

/** Native paths that steps at the top are to have. */
export function topTargets(db: ReadConnection, plan: string): string[] {
  return db
    .prepare<{ target: string | Uint8Array }>(
      'SELECT target FROM steps WHERE plan = ? AND parent IS NULL AND target IS NOT NULL',
    )
    .all(plan)
    .map(({ target }) => nameOfStored(target));
}
