import { auditAfter } from '../db/library/audit-list.ts';
import type { AuditEntry, AuditFilter } from '../domain/audit.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { csvCell } from './csv.ts';
import type { ExportFormat } from './formats.ts';
import type { LineBounds, LinePage, LineSource } from './line-source.ts';

type Cell = string | number | undefined;

/** In this order, which is part of the format: new ones come last. */
const COLUMNS: Readonly<Record<string, (entry: AuditEntry) => Cell>> = {
  receipt: (entry) => entry.receipt,
  at: (entry) => time(entry.at),
  operation: (entry) => entry.operation,
  outcome: (entry) => entry.outcome,
  client: (entry) => entry.client,
  device_id: (entry) => entry.device_id,
  extension: (entry) => entry.extension,
  summary: (entry) => entry.summary,
  targets: (entry) => JSON.stringify(entry.targets),
  input: (entry) => JSON.stringify(entry.input),
  error: (entry) => entry.error,
  plan_id: (entry) => entry.plan_id,
  job: (entry) => entry.job,
  done: (entry) => entry.counts?.done,
  skipped: (entry) => entry.counts?.skipped,
  failed: (entry) => entry.counts?.failed,
  verification: (entry) => (entry.verification === undefined ? undefined : JSON.stringify(entry.verification)),
  verified_at: (entry) => (entry.verified_at === undefined ? undefined : time(entry.verified_at)),
};
const CELLS = Object.values(COLUMNS);
const AUDIT_CSV_HEADER = `${Object.keys(COLUMNS).join(',')}\r\n`;

/** Actions in the order of their receipts, which is that in which they were begun. */
export class AuditLines implements LineSource {
  readonly header: string;
  readonly #db: ReadConnection;
  readonly #filter: AuditFilter;
  readonly #line: (entry: AuditEntry) => string;

  constructor(db: ReadConnection, filter: AuditFilter, format: ExportFormat) {
    this.#db = db;
    this.#filter = filter;
    this.header = format === 'csv' ? AUDIT_CSV_HEADER : '';
    this.#line = format === 'csv' ? csvLine : jsonLine;
  }

  page({ after, upTo, limit }: LineBounds): LinePage | undefined {
    const entries = auditAfter(this.#db, this.#filter, { after: String(after), upTo: String(upTo), limit });
    const last = entries.at(-1);
    return last && { lines: entries.map(this.#line), after: last.receipt, at: last.operation, leftOut: 0 };
  }

  forget(): void {}
}

function jsonLine(entry: AuditEntry): string {
  const { at, verified_at: verified, ...more } = entry;
  const times = { at: time(at), ...(verified === undefined ? {} : { verified_at: time(verified) }) };
  return `${JSON.stringify({ ...more, ...times })}\n`;
}

/** JSON has no line breaks, errors and names may: a record stays one line. */
function csvLine(entry: AuditEntry): string {
  const cells = CELLS.map((cell) => csvCell(oneLine(cell(entry))));
  return `${cells.join(',')}\r\n`;
}

function oneLine(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.replaceAll(/[\r\n]+/g, ' ') : cell;
}
function time(ms: number): string {
  return new Date(ms).toISOString();
}
