import type { AuditCounts, AuditEntry, AuditFilter } from '../../domain/audit.ts';
import { uuidToText } from '../../domain/ids.ts';
import type { ReadConnection, SqlValue } from '../../ports/sqlite.ts';
import type { AuditRow } from './audit.ts';

type ListedRow = Omit<AuditRow, 'output'> & { readonly summary: string | null };

/** A place in the audit: times may be the same. */
export interface AuditPlace {
  readonly at: number;
  readonly receipt: string;
}

const COLUMNS = `a.receipt, a.at, a.client, a.device_id, a.extension, a.operation, a.input, a.targets, a.plan, a.job,
  a.outcome, a.counts, a.error, a.revision, a.verification, a.verified_at, h.summary`;

/** Actions that fit the filter, newest first. */
export function auditPage(
  db: ReadConnection,
  filter: AuditFilter,
  { before, limit }: { readonly before: AuditPlace | undefined; readonly limit: number },
): AuditEntry[] {
  const { where, values } = conditions(filter);
  if (before) {
    where.push('(a.at, a.receipt) < (?, ?)');
    values.push(before.at, before.receipt);
  }
  return db
    .prepare<ListedRow>(
      `SELECT ${COLUMNS} FROM audit a LEFT JOIN history h ON h.receipt = a.receipt WHERE ${where.join(' AND ')}
       ORDER BY a.at DESC, a.receipt DESC LIMIT ?`,
    )
    .all(...values, limit)
    .map(auditEntry);
}

/** Actions that fit the filter, in the order of their receipts: that in which they were begun. */
export function auditAfter(
  db: ReadConnection,
  filter: AuditFilter,
  { after, upTo, limit }: { readonly after: string; readonly upTo: string; readonly limit: number },
): AuditEntry[] {
  const { where, values } = conditions(filter);
  return db
    .prepare<ListedRow>(
      `SELECT ${COLUMNS} FROM audit a LEFT JOIN history h ON h.receipt = a.receipt
       WHERE ${where.join(' AND ')} AND a.receipt > ? AND a.receipt <= ? ORDER BY a.receipt LIMIT ?`,
    )
    .all(...values, after, upTo, limit)
    .map(auditEntry);
}

/** The receipt of the action that was begun last; empty where there is none. */
export function lastReceipt(db: ReadConnection): string {
  return db.prepare<{ receipt: string | null }>('SELECT max(receipt) AS receipt FROM audit').get()?.receipt ?? '';
}

export function countAudit(db: ReadConnection, filter: AuditFilter): number {
  const { where, values } = conditions(filter);
  const sql = `SELECT count(*) AS n FROM audit a LEFT JOIN history h ON h.receipt = a.receipt WHERE ${where.join(' AND ')}`;
  return db.prepare<{ n: number }>(sql).get(...values)?.n ?? 0;
}

export function findAudit(db: ReadConnection, receipt: string): AuditEntry | undefined {
  return auditPage(db, { receipt }, { before: undefined, limit: 1 })[0];
}

function conditions(filter: AuditFilter): { where: string[]; values: SqlValue[] } {
  const [where, values]: [string[], SqlValue[]] = [['1'], []];
  const only = (sql: string, ...given: SqlValue[]): void => {
    where.push(sql);
    values.push(...given);
  };
  const { operation, client, outcomes, since, until, text, receipt } = filter;
  if (operation !== undefined)
    only(`(a.operation = ? OR a.operation LIKE ? ESCAPE '\\')`, operation, `${literal(operation)}.%`);
  if (client !== undefined) only(`a.client LIKE ? ESCAPE '\\'`, `${literal(client)}%`);
  if (outcomes) only('a.outcome IN (SELECT value FROM json_each(?))', JSON.stringify(outcomes));
  if (since !== undefined) only('a.at >= ?', since);
  if (until !== undefined) only('a.at < ?', until);
  if (text !== undefined) {
    const pattern = `%${literal(text)}%`;
    // What JSON escapes is escaped here too.
    const inJson = `%${literal(JSON.stringify(text).slice(1, -1))}%`;
    only(
      `(a.targets LIKE ? ESCAPE '\\' OR a.input LIKE ? ESCAPE '\\' OR h.summary LIKE ? ESCAPE '\\')`,
      inJson,
      inJson,
      pattern,
    );
  }
  if (receipt !== undefined) only('a.receipt = ?', receipt);
  return { where, values };
}

function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, (special) => `\\${special}`);
}

function auditEntry(row: ListedRow): AuditEntry {
  const { receipt, at, operation, outcome, client, targets, input } = row;
  return {
    ...{ receipt, at, operation, outcome, client },
    ...(row.device_id ? { device_id: uuidToText(row.device_id) } : {}),
    ...(row.extension === null ? {} : { extension: row.extension }),
    ...(row.summary === null ? {} : { summary: row.summary }),
    targets: JSON.parse(targets) as string[],
    input: JSON.parse(input) as unknown,
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.plan === null ? {} : { plan_id: row.plan }),
    ...(row.job === null ? {} : { job: row.job }),
    ...(row.counts === null ? {} : { counts: JSON.parse(row.counts) as AuditCounts }),
    ...(row.revision === null ? {} : { revision: row.revision }),
    ...(row.verification === null ? {} : { verification: JSON.parse(row.verification) as unknown }),
    ...(row.verified_at === null ? {} : { verified_at: row.verified_at }),
  };
}
