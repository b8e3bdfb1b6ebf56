import type { Connection, SqlValue } from '../../ports/sqlite.ts';

/** A row of `jobs`, see the migrations for units. */
export interface JobRow {
  readonly uuid: Uint8Array;
  readonly kind: string;
  readonly version: number;
  readonly subject: string;
  readonly input: Uint8Array;
  readonly priority: string;
  readonly state: string;
  readonly stop: string | null;
  readonly after: Uint8Array | null;
  readonly attempts: number;
  readonly next_try_at: number | null;
  readonly checkpoint: Uint8Array | null;
  readonly progress: Uint8Array;
  readonly problems: Uint8Array | null;
  readonly result: Uint8Array | null;
  readonly error: Uint8Array | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly ended_at: number | null;
}

const FIXED = ['uuid', 'kind', 'subject', 'input', 'created_at'] as const satisfies readonly (keyof JobRow)[];
const CHANGING = [
  'version',
  'priority',
  'state',
  'stop',
  'after',
  'attempts',
  'next_try_at',
  'checkpoint',
  'progress',
  'problems',
  'result',
  'error',
  'started_at',
  'ended_at',
] as const satisfies readonly (keyof JobRow)[];
const COLUMNS = [...FIXED, ...CHANGING];

const INSERT = `INSERT INTO jobs (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;
const UPDATE = `UPDATE jobs SET ${CHANGING.map((column) => `${column} = ?`).join(', ')} WHERE uuid = ?`;
const SELECT = `SELECT ${COLUMNS.join(', ')} FROM jobs`;

/** The jobs of one library and their checkpoints. Each call is one transaction. */
export class JobsTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  insert(row: JobRow): void {
    this.#run(INSERT, ...COLUMNS.map((column) => row[column]));
  }

  /** Everything that can change of a job. */
  update(row: JobRow): void {
    this.#run(UPDATE, ...CHANGING.map((column) => row[column]), row.uuid);
  }

  find(uuid: Uint8Array): JobRow | undefined {
    return this.#connection.prepare<JobRow>(`${SELECT} WHERE uuid = ?`).get(uuid);
  }

  /** In the order in which they were asked for. */
  notEnded(): JobRow[] {
    return this.#connection.prepare<JobRow>(`${SELECT} WHERE ended_at IS NULL ORDER BY id`).all();
  }

  ended(): JobRow[] {
    return this.#connection.prepare<JobRow>(`${SELECT} WHERE ended_at IS NOT NULL ORDER BY id`).all();
  }

  /** Those that ended before the `keep` that ended last. */
  endedBefore(keep: number): Uint8Array[] {
    return this.#connection
      .prepare<{ uuid: Uint8Array }>(
        'SELECT uuid FROM jobs WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT -1 OFFSET ?',
      )
      .all(keep)
      .map(({ uuid }) => uuid);
  }

  /** Forgets a job with its log. */
  forget(uuid: Uint8Array): void {
    this.#run('DELETE FROM job_log WHERE job_id = (SELECT id FROM jobs WHERE uuid = ?)', uuid);
    this.#run('DELETE FROM jobs WHERE uuid = ?', uuid);
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
