import { EntryIds } from '../db/entry-ids.ts';
import type { NamesIndex } from '../db/names/attached.ts';
import type { TextsIndex } from '../db/texts/attached.ts';
import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import {
  type AuditNote,
  type WriteEnvironment,
  type WriteTransaction,
  inTransaction,
  writeTransaction,
} from '../db/write.ts';
import type { LocationWatch } from '../domain/location.ts';
import { SdError } from '../errors.ts';
import type { CoreEvent, EventBus } from '../events.ts';
import type { Connection, ReadConnection, Sqlite } from '../ports/sqlite.ts';
import type { WriteTask } from '../write-task.ts';
import { DATABASE_FILE } from './library-files.ts';
import type { TaskThread } from './task-thread.ts';

/** What a query sees of a library. */
export interface LibraryRead {
  /** UUID. */
  readonly id: string;
  readonly name: string;
  readonly db: ReadConnection;
  /** The text index beside it, in threads that read it. */
  readonly names?: NamesIndex;
  /** The texts of its documents, in threads that read them. */
  readonly texts?: TextsIndex;
  /** The plans of its file actions, in threads that read them. */
  readonly plans?: ReadConnection;
  /** How changes of its locations come to be known, by location id, in threads that read it. */
  readonly watches?: Readonly<Record<string, LocationWatch>>;
}

/** The write transaction of the main thread, with the events to publish once it has committed. */
export interface LibraryWriteTransaction extends WriteTransaction {
  emit(event: Omit<CoreEvent, 'library'>): void;
}

/** What an action sees of a library. */
export interface Library extends LibraryRead {
  /** Native path of the `.sdlibrary` folder. */
  readonly folder: string;
  /** For threads that open the same library. */
  readonly access: LibraryAccess;
  readonly entryIds: EntryIds;
  /**
   * The only way to change the library's data from this thread. `work` is synchronous and short: the lock is held for
   * as long as it runs. Events go out after the commit, in order.
   */
  write<T>(work: (tx: LibraryWriteTransaction) => T): Promise<T>;
  /** The same for what may take longer than 10 ms: the task runs in a thread of its own, in one transaction. */
  writeInThread<I, O>(task: WriteTask<I, O>, input: I): Promise<O>;
  /** The same library, with every write recorded in `audit` and history under one action: for jobs that end what one began. */
  recorded(note: AuditNote): Library;
}

/** All that a worker thread needs to open the same library; goes over `postMessage`. */
export interface LibraryAccess {
  readonly id: string;
  readonly databasePath: string;
  readonly key: Uint8Array;
  readonly lock: SharedArrayBuffer;
  readonly entryIds: SharedArrayBuffer;
  readonly deviceId: Uint8Array;
  /** Native path with symbolic links resolved: it is in no index. */
  readonly dataFolder?: string;
}

export interface LibraryParts {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly key: Uint8Array;
  readonly sqlite: Sqlite;
  readonly events: EventBus;
  readonly environment: WriteEnvironment;
  readonly dataFolder?: string;
  /** For `writeInThread`. */
  readonly tasks?: Pick<TaskThread, 'run' | 'closeLibrary'>;
  /** Called after each commit of this thread: whoever keeps house looks whether the log of the database has grown. */
  readonly wrote?: () => void;
}

/** An open library: one read connection, one write path. */
export class OpenLibrary implements Library {
  readonly id: string;
  readonly folder: string;
  readonly lock = new WriteLock(MAIN_THREAD);
  readonly entryIds = new EntryIds();
  name: string;
  readonly #parts: LibraryParts;
  #reader: Connection | undefined;
  #writer: Connection | undefined;
  #closing = false;

  constructor(parts: LibraryParts) {
    this.id = parts.id;
    this.name = parts.name;
    this.folder = parts.folder;
    this.#parts = parts;
    const path = `${parts.folder}/${DATABASE_FILE}`;
    this.#writer = parts.sqlite.open({ path, key: parts.key, mode: 'write', cacheKiB: 1024 });
    try {
      this.#reader = parts.sqlite.open({ path, key: parts.key, mode: 'read' });
      this.entryIds.begin(nextEntryId(this.#reader));
    } catch (error) {
      this.#letGo();
      throw error;
    }
  }

  get db(): ReadConnection {
    return this.#reader ?? closed(this.name);
  }

  get access(): LibraryAccess {
    const { id, folder, key, environment, dataFolder } = this.#parts;
    return {
      id,
      databasePath: `${folder}/${DATABASE_FILE}`,
      key,
      lock: this.lock.memory,
      entryIds: this.entryIds.memory,
      deviceId: environment.deviceId,
      ...(dataFolder === undefined ? {} : { dataFolder }),
    };
  }

  write<T>(work: (tx: LibraryWriteTransaction) => T): Promise<T> {
    return this.#write(work, undefined);
  }

  writeInThread<I, O>(task: WriteTask<I, O>, input: I): Promise<O> {
    return this.#inThread<O>(task.name, input, undefined);
  }

  recorded(note: AuditNote): Library {
    return new RecordedLibrary(this, {
      write: (work) => this.#write(work, note),
      writeInThread: <I, O>(task: WriteTask<I, O>, input: I) => this.#inThread<O>(task.name, input, note),
    });
  }

  /** Holds every writer of this library off while `work` runs. */
  async withoutWriters<T>(work: () => T | Promise<T>): Promise<T> {
    await this.lock.acquire();
    try {
      return await work();
    } finally {
      this.lock.release();
    }
  }

  /** Waits for the write in progress, then lets go of the file. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#parts.tasks?.closeLibrary(this.id);
    await this.withoutWriters(() => this.#letGo());
  }

  /** Notes in the audit and the history how actions go. No row of the library changes: no revision. */
  note<T>(work: (db: Connection, environment: WriteEnvironment) => T): Promise<T> {
    return this.withoutWriters(() => inTransaction(this.#writer ?? closed(this.name), work, this.#parts.environment));
  }

  /** The writer last: it moves what is left in the log into the database. */
  #letGo(): void {
    this.#reader?.close();
    this.#writer?.close();
    this.#reader = this.#writer = undefined;
  }

  async #write<T>(work: (tx: LibraryWriteTransaction) => T, note: AuditNote | undefined): Promise<T> {
    const events: CoreEvent[] = [];
    const emit = (event: Omit<CoreEvent, 'library'>): void => void events.push({ ...event, library: this.id });
    const result = await this.withoutWriters(() =>
      writeTransaction(this.#writer ?? closed(this.name), this.#parts.environment, note, (tx) =>
        work(Object.assign(tx, { emit })),
      ),
    );
    this.#parts.events.publish(...events);
    this.#parts.wrote?.();
    return result;
  }

  async #inThread<T>(task: string, input: unknown, note: AuditNote | undefined): Promise<T> {
    const { tasks } = this.#parts;
    if (this.#closing) closed(this.name);
    if (!tasks) throw new Error(`no thread for ${task}`);
    const { result, events } = await tasks.run(this.access, task, input, note);
    this.#parts.events.publish(...events);
    this.#parts.wrote?.();
    return result as T;
  }
}

class RecordedLibrary implements Library {
  readonly #library: Library;
  readonly write: Library['write'];
  readonly writeInThread: Library['writeInThread'];

  constructor(library: Library, { write, writeInThread }: Pick<Library, 'write' | 'writeInThread'>) {
    this.#library = library;
    this.write = write;
    this.writeInThread = writeInThread;
  }
  recorded(note: AuditNote): Library {
    return this.#library.recorded(note);
  }
  get id(): string {
    return this.#library.id;
  }
  get name(): string {
    return this.#library.name;
  }
  get folder(): string {
    return this.#library.folder;
  }
  get db(): ReadConnection {
    return this.#library.db;
  }
  get access(): LibraryAccess {
    return this.#library.access;
  }
  get entryIds(): EntryIds {
    return this.#library.entryIds;
  }
}

/** Ids are never given twice: above what is there, and above what was ever there. */
function nextEntryId(db: ReadConnection): number {
  const row = db
    .prepare<{ next: number }>(
      'SELECT max(s.next_entry_id, coalesce((SELECT max(id) FROM entries), 0) + 1) AS next FROM write_state s',
    )
    .get();
  return row?.next ?? 1;
}

function closed(name: string): never {
  throw new SdError('LIBRARY_CLOSED', `the library "${name}" is closed`, { way_out: `sd library open "${name}"` });
}
