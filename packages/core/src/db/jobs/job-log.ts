import type { Connection } from '../../ports/sqlite.ts';

/** A row of `job_log`; `line` counts from 1 within its job. */
export interface JobLogRow {
  readonly line: number;
  readonly at: number;
  readonly level: string;
  readonly message: string;
  readonly facts: Uint8Array | null;
}

const OF_JOB = 'job_id = (SELECT id FROM jobs WHERE uuid = ?)';

/** What jobs said, the last lines of each. */
export class JobLogTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds lines to the log of a job, of which the last `keep` stay. One transaction; nothing where the job is not stored. */
  add(uuid: Uint8Array, lines: readonly Omit<JobLogRow, 'line'>[], keep: number): void {
    const job = this.#connection.prepare<{ id: number }>('SELECT id FROM jobs WHERE uuid = ?').get(uuid)?.id;
    if (job === undefined) return;
    const last = this.#connection
      .prepare<{ line: number | null }>('SELECT max(line) AS line FROM job_log WHERE job_id = ?')
      .get(job)?.line;
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      let line = last ?? 0;
      const insert = this.#connection.prepare(
        'INSERT INTO job_log (job_id, line, at, level, message, facts) VALUES (?, ?, ?, ?, ?, ?)',
      );
      for (const { at, level, message, facts } of lines) insert.run(job, ++line, at, level, message, facts);
      this.#connection.prepare('DELETE FROM job_log WHERE job_id = ? AND line <= ?').run(job, line - keep);
      this.#connection.exec('COMMIT');
    } catch (error) {
      this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** The first `limit` lines after line `after`, oldest first. */
  after(uuid: Uint8Array, after: number, limit: number): JobLogRow[] {
    return this.#connection
      .prepare<JobLogRow>(
        `SELECT line, at, level, message, facts FROM job_log WHERE ${OF_JOB} AND line > ? ORDER BY line LIMIT ?`,
      )
      .all(uuid, after, limit);
  }

  /** The last `limit` lines, oldest first. */
  last(uuid: Uint8Array, limit: number): JobLogRow[] {
    return this.#connection
      .prepare<JobLogRow>(
        `SELECT line, at, level, message, facts FROM job_log WHERE ${OF_JOB} ORDER BY line DESC LIMIT ?`,
      )
      .all(uuid, limit)
      .reverse();
  }
}
