import { Encoder, decode } from '@msgpack/msgpack';
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
  state: number;
  temporary: number | null;
  outcome: Uint8Array | null;
}

/** One for all: each has a buffer of its own, and making that costs six times what encoding an outcome does. */
const encoder = new Encoder();
const encode = (value: unknown): Uint8Array => encoder.encode(value);

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

/** A step with how far it is. */
export type FoundStep = Step & StepProgress;

/** Steps from `from` on, in their order, each with how far it is. */
export function* stepsFrom(db: ReadConnection, plan: string, from = 0): Generator<FoundStep> {
  const rows = db
    .prepare<StoredStep>('SELECT * FROM steps WHERE plan = ? AND seq >= ? ORDER BY seq')
    .iterate(plan, from);
  for (const row of rows) yield stepOf(row);
}

export function findStep(db: ReadConnection, plan: string, seq: number): FoundStep | undefined {
  const row = db.prepare<StoredStep>('SELECT * FROM steps WHERE plan = ? AND seq = ?').get(plan, seq);
  return row && stepOf(row);
}

/** At most `limit` steps from `from` on that have not come to their end, in their order. */
export function unfinishedSteps(db: ReadConnection, plan: string, from: number, limit: number): FoundStep[] {
  return db
    .prepare<StoredStep>('SELECT * FROM steps WHERE plan = ? AND seq >= ? AND state <= 1 ORDER BY seq LIMIT ?')
    .all(plan, from, limit)
    .map(stepOf);
}

/** At most `limit` steps below `before` that were done, the last first. */
export function doneStepsBefore(db: ReadConnection, plan: string, before: number, limit: number): FoundStep[] {
  return db
    .prepare<StoredStep>('SELECT * FROM steps WHERE plan = ? AND seq < ? AND state = ? ORDER BY seq DESC LIMIT ?')
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
  const which =
    only === undefined
      ? ''
      : only === 'conflicts'
        ? 'AND conflict > 0'
        : `AND state = ${STEP_STATES.indexOf(only)} AND state > 1`;
  return db
    .prepare<StoredStep>(`SELECT * FROM steps WHERE plan = ? AND seq >= ? ${which} ORDER BY seq LIMIT ?`)
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

/** It becomes a step of another kind, of which nothing is done. */
export function turnStep(db: Connection, plan: string, seq: number, kind: StepKind): void {
  const sql = `UPDATE steps SET kind = ?, state = ${STEP_STATES.indexOf('waiting')}, temporary = NULL, outcome = NULL
    WHERE plan = ? AND seq = ?`;
  db.prepare(sql).run(STEP_KINDS.indexOf(kind), plan, seq);
}

/** The folder of that step is removed after all else that is still to be done. */
export function removeLast(db: Connection, plan: string, folder: number): void {
  const sql = `UPDATE steps SET seq = ?
    WHERE plan = ? AND parent = ? AND kind = ${STEP_KINDS.indexOf('remove_folder')} AND state = ${STEP_STATES.indexOf('waiting')}`;
  db.prepare(sql).run(nextSeq(db, plan), plan, folder);
}

/** Notes how far a step is. */
export function updateStep(db: Connection, plan: string, { seq, state, temporary, outcome }: StepProgress): void {
  db.prepare('UPDATE steps SET state = ?, temporary = ?, outcome = ? WHERE plan = ? AND seq = ?').run(
    STEP_STATES.indexOf(state),
    temporary ?? null,
    outcome ? encode(outcome) : null,
    plan,
    seq,
  );
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
    state: STEP_STATES[row.state] ?? 'waiting',
    temporary: row.temporary ?? undefined,
    outcome: row.outcome ? (decode(row.outcome) as StepOutcome) : undefined,
  };
}
