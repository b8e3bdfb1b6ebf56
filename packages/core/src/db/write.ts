import { type Hlc, advance, hlcFromBytes, hlcToBytes } from '../domain/hlc.ts';
import { encodeLog } from './log-record.ts';
import type { Connection, ReadConnection, ReadStatement, SqlValue } from '../ports/sqlite.ts';
import { recordWrite } from './library/audit.ts';
import { recordHistory } from './library/history.ts';
import type { RowChange } from './library/user-rows.ts';
import { writeState } from './library/write-state.ts';

/** What one write is recorded as in `audit`: who did what, to which targets. */
export interface AuditNote {
  /** UUID of the action's receipt; several writes of one action share it. */
  readonly receipt: string;
  readonly operation: string;
  readonly client: string;
  /** Name of the extension that asked, where one did. */
  readonly extension?: string;
  readonly input: unknown;
  readonly plan?: string;
}

/** The handle of a write in progress. It is dead once the write has ended. */
export interface WriteTransaction extends ReadConnection {
  /** The revision this write gives to every row it touches. */
  readonly revision: number;
  /** Changes rows of this device's own (locations, entries, folders). The statement sets their `revision`. */
  run(sql: string, ...parameters: SqlValue[]): { changes: number; lastId: number };
  /**
   * Says what changed in a row anyone may write: its key and the fields set, or `null` where it is deleted. One record
   * per transaction and table joins the change log, in the same commit as the data.
   */
  logged(table: LoggedTable, key: Uint8Array | string, fields: Readonly<Record<string, SqlValue>> | null): void;
  /** Leaves a tombstone for a row of this device's own, so that "what went since revision N" stays answerable. */
  tombstone(table: OwnedTable, id: number, options?: { uuid?: Uint8Array; subtree?: boolean }): void;
  /** Names what the action was about, for the audit record. */
  target(name: string): void;
  /** What a row of `user-rows.ts` was and became: of an action it joins the history, in the same commit. */
  undoable(change: RowChange): void;
  /** What the action did, in a sentence, for the history. */
  summary(sentence: string): void;
  /** This action undoes another, which its receipt names. */
  undoes(receipt: string): void;
}

/**
 * Tables that sync as a log, ordered by hybrid logical clock, merged field by field. Whose rows hang on those of another
 * comes after it.
 */
export const LOGGED_TABLES = [
  'library',
  'devices',
  'contents',
  'sidecars',
  'media',
  'metadata',
  'tags',
  'tag_links',
  'tag_applications',
  'collections',
  'collection_items',
  'spaces',
  'space_groups',
  'space_items',
] as const;
export type LoggedTable = (typeof LOGGED_TABLES)[number];
/** Tables that sync as state, by revision; only the owning device writes its rows. */
const OWNED_TABLES = ['locations', 'entries', 'volumes'] as const;
export type OwnedTable = (typeof OWNED_TABLES)[number];

export interface WriteEnvironment {
  readonly deviceId: Uint8Array;
  now(): number;
}

/**
 * The one write path, the same in the main thread and in a worker: data, revision, change log and audit record commit
 * together or not at all. The caller holds the write lock and publishes events after this returns.
 */
export function writeTransaction<T>(
  connection: Connection,
  environment: WriteEnvironment,
  note: AuditNote | undefined,
  work: (tx: WriteTransaction) => T,
): T {
  connection.exec('BEGIN IMMEDIATE');
  let transaction: Transaction | undefined;
  try {
    const state = writeState(connection);
    transaction = new Transaction(connection, state.revision + 1);
    const result = work(transaction);
    // What an asynchronous function does after its first wait would be outside the transaction.
    if (typeof (result as { then?: unknown } | undefined)?.then === 'function')
      throw new Error('the work of a write is synchronous');
    const at = environment.now();
    const clock = transaction.writeLog(hlcFromBytes(state.hlc), environment, at);
    if (note) {
      recordWrite(connection, note, { at, deviceId: environment.deviceId }, transaction);
      recordHistory(connection, note, at, transaction);
    }
    connection.prepare('UPDATE write_state SET revision = ?, hlc = ?').run(transaction.revision, hlcToBytes(clock));
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    rollback(connection);
    throw error;
  } finally {
    transaction?.end();
  }
}

class Transaction implements WriteTransaction {
  readonly revision: number;
  #connection: Connection | undefined;
  readonly #log = new Map<LoggedTable, [Uint8Array | string, Readonly<Record<string, SqlValue>> | null][]>();
  readonly targets: string[] = [];
  readonly changes: RowChange[] = [];
  sentence: string | undefined;
  undone: string | undefined;

  constructor(connection: Connection, revision: number) {
    this.#connection = connection;
    this.revision = revision;
  }

  get #open(): Connection {
    if (!this.#connection) throw new Error('this write has ended');
    return this.#connection;
  }

  prepare<Row>(sql: string): ReadStatement<Row> {
    const statement = this.#open.prepare<Row>(sql);
    const alive = (): ReadStatement<Row> => (this.#open, statement);
    return {
      get: (...parameters) => alive().get(...parameters),
      all: (...parameters) => alive().all(...parameters),
      iterate: (...parameters) => alive().iterate(...parameters),
    };
  }
  run(sql: string, ...parameters: SqlValue[]) {
    return this.#open.prepare(sql).run(...parameters);
  }
  logged(table: LoggedTable, key: Uint8Array | string, fields: Readonly<Record<string, SqlValue>> | null): void {
    const changes = this.#log.get(table);
    if (changes) changes.push([key, fields]);
    else this.#log.set(table, [[key, fields]]);
  }
  tombstone(table: OwnedTable, id: number, options: { uuid?: Uint8Array; subtree?: boolean } = {}): void {
    this.run(
      'INSERT OR REPLACE INTO tombstones (table_name, row_id, uuid, revision, subtree) VALUES (?, ?, ?, ?, ?)',
      table,
      id,
      options.uuid ?? null,
      this.revision,
      options.subtree ? 1 : 0,
    );
  }
  target(name: string): void {
    if (this.targets.length < 100) this.targets.push(name);
  }
  undoable(change: RowChange): void {
    this.changes.push(change);
  }
  summary(sentence: string): void {
    this.sentence = sentence;
  }
  undoes(receipt: string): void {
    this.undone = receipt;
  }

  writeLog(last: Hlc, environment: WriteEnvironment, at: number): Hlc {
    let clock = last;
    for (const [table, changes] of this.#log) {
      clock = advance(clock, at);
      this.run(
        'INSERT INTO change_log (hlc, device_id, table_name, revision, changes) VALUES (?, ?, ?, ?, ?)',
        hlcToBytes(clock),
        environment.deviceId,
        table,
        this.revision,
        encodeLog(changes),
      );
    }
    return clock;
  }

  end(): void {
    this.#connection = undefined;
  }
}

/** Several statements that hold together or not at all, of what is this device's own and in no log. */
export function inTransaction<T>(
  connection: Connection,
  work: (connection: Connection, environment: WriteEnvironment) => T,
  environment: WriteEnvironment,
): T {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work(connection, environment);
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    rollback(connection);
    throw error;
  }
}

/** A failed COMMIT may already have rolled back; what counts is the error that led here. */
function rollback(connection: Connection): void {
  try {
    connection.exec('ROLLBACK');
  } catch {
    // no transaction is open any more
  }
}
