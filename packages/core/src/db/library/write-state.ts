import type { Connection, ReadConnection } from '../../ports/sqlite.ts';

/** The one row of `write_state`. */
export interface WriteState {
  /** Of the last write; the next one is one higher. */
  readonly revision: number;
  /** The last stamp of the hybrid logical clock, 8 bytes. */
  readonly hlc: Uint8Array;
  /** Every entry id ever given is below this. */
  readonly next_entry_id: number;
}

export function writeState(db: ReadConnection): WriteState {
  const row = db.prepare<WriteState>('SELECT revision, hlc, next_entry_id FROM write_state').get();
  if (!row) throw new Error('write_state has no row');
  return row;
}

/** Goes on from where another state of the same library had come to, if that was further. */
export function carryWriteState(connection: Connection, from: WriteState): void {
  connection
    .prepare(
      'UPDATE write_state SET revision = max(revision, ?), hlc = max(hlc, ?), next_entry_id = max(next_entry_id, ?)',
    )
    .run(from.revision, from.hlc, from.next_entry_id);
}
