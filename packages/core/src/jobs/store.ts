import { JobLogTable } from '../db/jobs/job-log.ts';
import { JobsTable } from '../db/jobs/jobs.ts';
import { JOBS_FILE, openJobsDatabase } from '../db/jobs/open.ts';
import { openOrSetAside } from '../db/set-aside.ts';
import { uuidFromText, uuidToText } from '../domain/ids.ts';
import type { Files } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';
import type { Connection, Sqlite } from '../ports/sqlite.ts';
import { type JobRecord, fromRow, toRow, uuidOf } from './record.ts';

/** Writes after which the WAL is worth moving into the file where no job runs, and where one does. */
const TIDY_AFTER = 200;
const TIDY_AT_LAST_AFTER = 2_000;

/** The jobs of one library at rest. */
export class JobStore {
  readonly logTable: JobLogTable;
  readonly #table: JobsTable;
  #writes = 0;

  constructor(connection: Connection) {
    this.#table = new JobsTable(connection);
    this.logTable = new JobLogTable(connection);
  }

  insert(job: JobRecord): void {
    this.#table.insert(toRow(job));
    this.#wrote();
  }
  update(job: JobRecord): void {
    this.#table.update(toRow(job));
    this.#wrote();
  }
  find(id: string): JobRecord | undefined {
    const uuid = uuidFromText(id);
    const row = uuid && this.#table.find(uuid);
    return row && fromRow(row);
  }
  notEnded(): JobRecord[] {
    return this.#table.notEnded().map(fromRow);
  }
  ended(): JobRecord[] {
    return this.#table.ended().map(fromRow);
  }
  /** Ids of those that ended before the `keep` that ended last. */
  endedBefore(keep: number): string[] {
    return this.#table.endedBefore(keep).map(uuidToText);
  }
  /** With its log. */
  forget(id: string): void {
    this.#table.forget(uuidOf(id));
    this.#wrote();
  }
  /** Called where no job runs: it waits for the disk. */
  tidy(): void {
    if (this.#writes >= TIDY_AFTER) this.#tidyNow();
  }
  close(): void {
    this.#table.close();
  }

  /** A job that runs for days writes the same few pages again and again: the log must not grow with them. */
  #wrote(): void {
    if (++this.#writes >= TIDY_AT_LAST_AFTER) this.#tidyNow();
  }
  #tidyNow(): void {
    this.#writes = 0;
    try {
      this.#table.tidy();
    } catch {
      // No room for it, say: what is in the log is as good, and it is tried again.
    }
  }
}

/**
 * Opens the jobs of the library in `folder`. A `jobs.db` that cannot be read is set aside and a new one begun: what
 * it holds can be asked for again, and must not keep the library shut.
 */
export function openJobStore(
  parts: { sqlite: Sqlite; files: Files; log: Log; now: () => number },
  folder: string,
  key: Uint8Array,
): JobStore {
  return openOrSetAside(
    parts,
    'jobs',
    `${folder}/${JOBS_FILE}`,
    (path) => new JobStore(openJobsDatabase(parts.sqlite, path, key)),
  );
}
