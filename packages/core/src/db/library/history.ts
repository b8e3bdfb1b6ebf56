import { decode, encode } from '@msgpack/msgpack';
import type { Connection } from '../../platform.ts';
import type { AuditNote } from '../write.ts';
import type { RowChange } from './user-rows.ts';

/** What the writes of an action changed, so that it can be undone. Several writes of one action share the row. */
export function recordHistory(
  connection: Pick<Connection, 'prepare'>,
  note: AuditNote,
  at: number,
  changes: readonly RowChange[],
  summary: string | undefined,
): void {
  const known = connection
    .prepare<{ inverse: Uint8Array | null }>('SELECT inverse FROM history WHERE receipt = ?')
    .get(note.receipt);
  const all = known?.inverse ? [...(decode(known.inverse) as RowChange[]), ...changes] : changes;
  connection
    .prepare(
      `INSERT INTO history (receipt, at, operation, client, summary, inverse_kind, inverse, state, undoes)
       VALUES (?, ?, ?, ?, ?, 'rows', ?, 'done', ?)
       ON CONFLICT (receipt) DO UPDATE SET inverse = excluded.inverse`,
    )
    .run(
      note.receipt,
      at,
      note.operation,
      note.client,
      summary ?? note.operation,
      encode(all, { useBigInt64: true }),
      note.undoes ?? null,
    );
}
