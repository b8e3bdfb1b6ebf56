import type { Connection, ReadConnection } from '../../platform.ts';
import type { AuditNote } from '../write.ts';

/** A row of `audit`: one action, as it ended. `input` and `targets` are JSON. */
export interface AuditRow {
  /** UUID text. */
  readonly receipt: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly client: string;
  readonly operation: string;
  readonly input: string;
  readonly targets: string;
  readonly plan: string | null;
  readonly outcome: 'done' | 'failed';
  /** Code and message, where it failed. */
  readonly error: string | null;
  /** Of the last write it made; `null` where it wrote nothing. */
  readonly revision: number | null;
}

type Writer = Pick<Connection, 'prepare'>;

/** Who wrote, and when. */
interface Writing {
  readonly note: AuditNote;
  readonly at: number;
  readonly deviceId: Uint8Array;
}

/** The audit record of a write, in its transaction. Several writes of one action share the record. */
export function recordWrite(
  connection: Writer,
  { note, at, deviceId }: Writing,
  targets: readonly string[],
  revision: number,
): void {
  connection
    .prepare(
      `INSERT INTO audit (receipt, at, client, device_id, operation, input, targets, plan, outcome, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'done', ?)
       ON CONFLICT (receipt) DO UPDATE SET revision = excluded.revision, targets =
         (SELECT json_group_array(value) FROM (SELECT value FROM json_each(audit.targets) UNION SELECT value FROM json_each(excluded.targets)))`,
    )
    .run(
      note.receipt,
      at,
      note.client,
      deviceId,
      note.operation,
      JSON.stringify(note.input ?? null),
      JSON.stringify(targets),
      note.plan ?? null,
      revision,
    );
}

/** How an action ended, where its writes do not say it: it failed, or it wrote nothing. */
export function recordOutcome(
  connection: Writer,
  note: AuditNote,
  at: number,
  error: { code: string; message: string } | undefined,
): void {
  const text = error ? `${error.code}: ${error.message}` : null;
  connection
    .prepare(
      `INSERT INTO audit (receipt, at, client, operation, input, targets, plan, outcome, error) VALUES (?, ?, ?, ?, ?, '[]', ?, ?, ?)
       ON CONFLICT (receipt) DO UPDATE SET outcome = excluded.outcome, error = excluded.error`,
    )
    .run(
      note.receipt,
      at,
      note.client,
      note.operation,
      JSON.stringify(note.input ?? null),
      note.plan ?? null,
      error ? 'failed' : 'done',
      text,
    );
}

export function auditByReceipt(db: ReadConnection, receipt: string): AuditRow | undefined {
  return db.prepare<AuditRow>('SELECT * FROM audit WHERE receipt = ?').get(receipt);
}
