import { decode } from '@msgpack/msgpack';
import { nameOfStored } from '../../domain/entry.ts';
import { storedName } from '../library/root-entry.ts';
import {
  CONFLICTS,
  STEP_KINDS,
  STEP_STATES,
  type Step,
  type StepFacts,
  type StepKind,
  type StepOutcome,
  type StepProgress,
  type StepTimes,
} from '../../domain/step.ts';
import { encode } from './encode.ts';
import type { Connection, ReadConnection, SqlValue } from '../../ports/sqlite.ts';

interface StoredStep {
  seq: number;
  kind: number;
  parent: number | null;
  name: string | Uint8Array | null;
  target: string | Uint8Array | null;
  type: number;
  size: number;
  mtime: number;
  inode: number;
  device: number;
  entry_id: number | null;
  there: Uint8Array | null;
  times: Uint8Array | null;
  trashed: string | null;
  kept: string | Uint8Array | null;
  hash: Uint8Array | null;
  conflict: number;
  /** Of a step that came to its end. */
  state: number | null;
  outcome: Uint8Array | null;
}

/** So many rows go into one statement: a third less work than one by one. */
const ROWS = 50;
const COLUMNS = [
  'plan',
  'seq',
  'kind',
  'parent',
  'name',
  'target',
  'type',
  'size',
  'mtime',
  'inode',
  'device',
  'entry_id',
  'there',
  'times',
  'trashed',
  'kept',
  'hash',
  'conflict',
] as const;
const ROW = `(${COLUMNS.map(() => '?').join(', ')})`;
const insertSql = (rows: number): string =>
  `INSERT INTO steps (${COLUMNS.join(', ')}) VALUES ${Array.from({ length: rows }, () => ROW).join(', ')}`;
const INSERT_ONE = insertSql(1);
const INSERT_MANY = insertSql(ROWS);

export function insertSteps(db: Connection, plan: string, steps: readonly Step[]): void {
  const whole = steps.length - (steps.length % ROWS);
  for (let at = 0; at < whole; at += ROWS)
    db.prepare(INSERT_MANY).run(...steps.slice(at, at + ROWS).flatMap((step) => valuesOf(plan, step)));
  for (const step of steps.slice(whole)) db.prepare(INSERT_ONE).run(...valuesOf(plan, step));
}

/** In the order of `COLUMNS`. */
function valuesOf(plan: string, step: Step): SqlValue[] {
  const { facts } = step;
  return [
    plan,
    step.seq,
    STEP_KINDS.indexOf(step.kind),
    step.parent ?? null,
    step.name === undefined ? null : storedName(step.name),
    step.target === undefined ? null : storedName(step.target),
    facts.type,
    facts.size,
    facts.mtime,
    facts.inode,
    facts.device,
    step.entry ?? null,
    step.there ? encode(step.there) : null,
    step.times ? encode(step.times) : null,
    step.trashed ?? null,
    step.kept === undefined ? null : storedName(step.kept),
    step.hash ?? null,
    CONFLICTS.indexOf(step.conflict),
  ];
}

/** A step with how far it is. Whether it is about to be done is known to `begunSteps`. */
export type FoundStep = Step & StepProgress;

const FIND = 'SELECT * FROM steps LEFT JOIN outcomes USING (plan, seq)';
/** Those that came to their end: they are gone through, not all steps. */
const FIND_ENDED = 'SELECT * FROM outcomes CROSS JOIN steps USING (plan, seq)';

/** Rows that are read at a time: one by one each costs half as much again. */
const PAGE = 500;

/** Steps from `from` on, in their order, each with how far it is. */
export function* stepsFrom(db: ReadConnection, plan: string, from = 0): Generator<FoundStep> {
  for (let next: number | undefined = from; next !== undefined;) {
    const page = stepsOf(db, plan, { from: next, limit: PAGE });
    yield* page;
    next = page.length < PAGE ? undefined : (page.at(-1)?.seq ?? 0) + 1;
  }
}

export function findStep(db: ReadConnection, plan: string, seq: number): FoundStep | undefined {
  const row = db.prepare<StoredStep>(`${FIND} WHERE plan = ? AND seq = ?`).get(plan, seq);
  return row && stepOf(row);
}

/** At most `limit` steps from `from` on that have not come to their end, in their order. */
export function unfinishedSteps(db: ReadConnection, plan: string, from: number, limit: number): FoundStep[] {
  return db
    .prepare<StoredStep>(`${FIND} WHERE plan = ? AND seq >= ? AND state IS NULL ORDER BY seq LIMIT ?`)
    .all(plan, from, limit)
    .map(stepOf);
}

/** At most `limit` steps below `before` that were done, the last first. */
export function doneStepsBefore(db: ReadConnection, plan: string, before: number, limit: number): FoundStep[] {
  return db
    .prepare<StoredStep>(`${FIND_ENDED} WHERE plan = ? AND seq < ? AND state = ? ORDER BY seq DESC LIMIT ?`)
    .all(plan, before, STEP_STATES.indexOf('done'), limit)
    .map(stepOf);
}

/** Which steps of a plan are wanted. */
export const STEP_FILTERS = ['conflicts', 'done', 'skipped', 'failed'] as const;
export type StepFilter = (typeof STEP_FILTERS)[number];

/** At most `limit` steps from `from` on, in their order. */
export function stepsOf(
  db: ReadConnection,
  plan: string,
  { from, limit, only }: { from: number; limit: number; only?: StepFilter | undefined },
): FoundStep[] {
  const [find, which] =
    only === undefined
      ? [FIND, '']
      : only === 'conflicts'
        ? [FIND, 'AND conflict > 0']
        : [FIND_ENDED, `AND state = ${STEP_STATES.indexOf(only)}`];
  return db
    .prepare<StoredStep>(`${find} WHERE plan = ? AND seq >= ? ${which} ORDER BY seq LIMIT ?`)
    .all(plan, from, limit)
    .map(stepOf);
}

/** The number of a step that comes after all there are. */
export function nextSeq(db: ReadConnection, plan: string): number {
  return (
    db.prepare<{ next: number }>('SELECT ifnull(max(seq), -1) + 1 AS next FROM steps WHERE plan = ?').get(plan)?.next ??
    0
  );
}

/** A step of which nothing is done becomes one of another kind. */
export function turnStep(db: Connection, plan: string, seq: number, kind: StepKind): void {
  db.prepare('UPDATE steps SET kind = ? WHERE plan = ? AND seq = ?').run(STEP_KINDS.indexOf(kind), plan, seq);
}

/** The folder of that step is removed after all else that is still to be done. */
export function removeLast(db: Connection, plan: string, folder: number): void {
  const sql = `UPDATE steps SET seq = ?
    WHERE plan = ? AND parent = ? AND kind = ${STEP_KINDS.indexOf('remove_folder')}
    AND NOT EXISTS (SELECT 1 FROM outcomes WHERE outcomes.plan = steps.plan AND outcomes.seq = steps.seq)`;
  db.prepare(sql).run(nextSeq(db, plan), plan, folder);
}

function stepOf(row: StoredStep): FoundStep {
  const { type, size, mtime, inode, device } = row;
  return {
    seq: row.seq,
    kind: STEP_KINDS[row.kind] ?? 'copy',
    parent: row.parent ?? undefined,
    name: row.name === null ? undefined : nameOfStored(row.name),
    target: row.target === null ? undefined : nameOfStored(row.target),
    facts: { type, size, mtime, inode, device },
    entry: row.entry_id ?? undefined,
    there: row.there ? (decode(row.there) as StepFacts) : undefined,
    times: row.times ? (decode(row.times) as StepTimes) : undefined,
    trashed: row.trashed ?? undefined,
    kept: row.kept === null ? undefined : nameOfStored(row.kept),
    hash: row.hash ?? undefined,
    conflict: CONFLICTS[row.conflict] ?? 'none',
    state: STEP_STATES[row.state ?? 0] ?? 'waiting',
    outcome: row.outcome ? (decode(row.outcome) as StepOutcome) : undefined,
  };
}
