import { decode, encode } from '@msgpack/msgpack';
import type { Connection, ReadConnection } from '../../ports/sqlite.ts';

export type PlanState = 'making' | 'shown' | 'committed' | 'ended';

/** A plan of a file action at rest. `request` and `totals` are plain data of whoever makes plans. */
export interface PlanRow {
  /** UUID as text. */
  readonly id: string;
  readonly operation: string;
  readonly state: PlanState;
  readonly request: unknown;
  readonly totals: unknown;
  /** The choices it was committed with: by the number of the step, or `*`. */
  readonly decisions: Readonly<Record<string, string>> | undefined;
  /** Receipt of the action it undoes. */
  readonly undoes: string | undefined;
  /** Of the action that committed it, and the client that asked for it. */
  readonly receipt: string | undefined;
  readonly client: string | undefined;
  readonly job: string | undefined;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
}

interface StoredPlan {
  id: string;
  operation: string;
  state: PlanState;
  request: Uint8Array;
  totals: Uint8Array;
  decisions: Uint8Array | null;
  undoes: string | null;
  receipt: string | null;
  client: string | null;
  job: string | null;
  made_at: number;
}

const EMPTY = encode({});

export function insertPlan(
  db: Connection,
  plan: Pick<PlanRow, 'id' | 'operation' | 'request' | 'undoes' | 'madeAt'>,
): void {
  db.prepare(
    `INSERT INTO plans (id, operation, state, request, totals, undoes, made_at) VALUES (?, ?, 'making', ?, ?, ?, ?)`,
  ).run(plan.id, plan.operation, encode(plan.request), EMPTY, plan.undoes ?? null, plan.madeAt);
}

export function findPlan(db: ReadConnection, id: string): PlanRow | undefined {
  const row = db.prepare<StoredPlan>('SELECT * FROM plans WHERE id = ?').get(id);
  return row && planOf(row);
}

export function planShown(db: Connection, id: string, totals: unknown, madeAt: number): void {
  const sql = `UPDATE plans SET state = 'shown', totals = ?, made_at = ? WHERE id = ?`;
  db.prepare(sql).run(encode(totals), madeAt, id);
}

/** Answers whether it could be: a plan is committed once. */
export function planCommitted(
  db: Connection,
  id: string,
  { decisions, receipt, client }: { decisions: Readonly<Record<string, string>>; receipt: string; client: string },
): boolean {
  const sql = `UPDATE plans SET state = 'committed', decisions = ?, receipt = ?, client = ?
    WHERE id = ? AND state = 'shown'`;
  return db.prepare(sql).run(encode(decisions), receipt, client, id).changes === 1;
}

export function planHasJob(db: Connection, id: string, job: string): void {
  db.prepare('UPDATE plans SET job = ? WHERE id = ?').run(job, id);
}

export function planEnded(db: Connection, id: string): void {
  db.prepare(`UPDATE plans SET state = 'ended' WHERE id = ?`).run(id);
}

/** With its steps. */
export function forgetPlan(db: Connection, id: string): void {
  for (const table of ['outcomes', 'begun', 'steps']) db.prepare(`DELETE FROM ${table} WHERE plan = ?`).run(id);
  db.prepare('DELETE FROM plans WHERE id = ?').run(id);
}

/** Ids of plans that were shown before `time` and never committed. */
export function stalePlans(db: ReadConnection, time: number): string[] {
  return idsOf(db.prepare<{ id: string }>(`SELECT id FROM plans WHERE state = 'shown' AND made_at < ?`).all(time));
}

/** Ids of plans that are being made. When the process begins: of those that never will be. */
export function plansInMaking(db: ReadConnection): string[] {
  return idsOf(db.prepare<{ id: string }>(`SELECT id FROM plans WHERE state = 'making'`).all());
}

/** Plans that were committed, and whose job was not begun when the process ended. */
export function plansWithoutJob(db: ReadConnection): PlanRow[] {
  return db.prepare<StoredPlan>(`SELECT * FROM plans WHERE state = 'committed' AND job IS NULL`).all().map(planOf);
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

function planOf(row: StoredPlan): PlanRow {
  return {
    id: row.id,
    operation: row.operation,
    state: row.state,
    request: decode(row.request),
    totals: decode(row.totals),
    decisions: row.decisions ? (decode(row.decisions) as Record<string, string>) : undefined,
    undoes: row.undoes ?? undefined,
    receipt: row.receipt ?? undefined,
    client: row.client ?? undefined,
    job: row.job ?? undefined,
    madeAt: row.made_at,
  };
}
