import type { Connection, SqlValue } from '../../platform.ts';

/** A row of `jobs`, see the migration for units. */
export interface JobRow {
  readonly uuid: Uint8Array;
  readonly kind: string;
  readonly version: number;
  readonly subject: string;
  readonly input: Uint8Array;
  readonly state: string;
  readonly stop: string | null;
  readonly checkpoint: Uint8Array | null;
  readonly progress: Uint8Array;
  readonly result: Uint8Array | null;
  readonly error: Uint8Array | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly ended_at: number | null;
}

const COLUMNS =
  'uuid, kind, version, subject, input, state, stop, checkpoint, progress, result, error, created_at, started_at, ended_at';

/** The jobs of one library and their checkpoints. Each call is one transaction. */
export class JobsTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  insert(row: JobRow): void {
    this.#run(
      `INSERT INTO jobs (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.uuid,
      row.kind,
      row.version,
      row.subject,
      row.input,
      row.state,
      row.stop,
      row.checkpoint,
      row.progress,
      row.result,
      row.error,
      row.created_at,
      row.started_at,
      row.ended_at,
    );
  }

  /** Everything that can change of a job. */
  update(row: JobRow): void {
    this.#run(
      'UPDATE jobs SET version = ?, state = ?, stop = ?, checkpoint = ?, progress = ?, result = ?, error = ?, started_at = ?, ended_at = ? WHERE uuid = ?',
      row.version,
      row.state,
      row.stop,
      row.checkpoint,
      row.progress,
      row.result,
      row.error,
      row.started_at,
      row.ended_at,
      row.uuid,
    );
  }

  find(uuid: Uint8Array): JobRow | undefined {
    return this.#connection.prepare<JobRow>(`SELECT ${COLUMNS} FROM jobs WHERE uuid = ?`).get(uuid);
  }

  /** In the order in which they were asked for. */
  notEnded(): JobRow[] {
    return this.#connection.prepare<JobRow>(`SELECT ${COLUMNS} FROM jobs WHERE ended_at IS NULL ORDER BY id`).all();
  }

  ended(): JobRow[] {
    return this.#connection.prepare<JobRow>(`SELECT ${COLUMNS} FROM jobs WHERE ended_at IS NOT NULL ORDER BY id`).all();
  }

  /** Forgets all but the `keep` jobs that ended last; answers the uuids of the forgotten. */
  forgetEnded(keep: number): Uint8Array[] {
    const old = this.#connection
      .prepare<{ id: number; uuid: Uint8Array }>(
        'SELECT id, uuid FROM jobs WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT -1 OFFSET ?',
      )
      .all(keep);
    for (const { id } of old) this.#run('DELETE FROM jobs WHERE id = ?', id);
    return old.map(({ uuid }) => uuid);
  }

  /** Moves the WAL into the file. */
  tidy(): void {
    this.#connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  }

  close(): void {
    this.#connection.close();
  }

  #run(sql: string, ...parameters: SqlValue[]): void {
    this.#connection.prepare(sql).run(...parameters);
  }
}
