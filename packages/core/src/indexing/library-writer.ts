import { EntryIds } from '../db/entry-ids.ts';
import { WriteLock } from '../db/write-lock.ts';
import { type WriteTransaction, writeTransaction } from '../db/write.ts';
import { type IdSource, idSource } from '../domain/ids.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { Connection } from '../ports/sqlite.ts';

/** The writer's page cache: the upper levels of the indexes it appends to, and the pages it fills. */
const CACHE_KIB = 16 * 1024;
/** The write-ahead log is copied into the database after this many writes, between them, with nobody waiting. */
const WRITES_PER_CHECKPOINT = 32;
/**
 * A log this long (pages) did not begin anew although it was copied: somebody was reading it each time. Then the writer
 * waits for a moment without readers.
 */
const LONG_LOG = 16_384;
const PATIENCE_MS = 250;
const USUAL_PATIENCE_MS = 5_000;

/** The write path of a library in a worker thread. */
export class LibraryWriter {
  readonly db: Connection;
  readonly newIds: IdSource;
  readonly entryIds: EntryIds;
  readonly dataFolder: string | undefined;
  readonly #lock: WriteLock;
  readonly #environment: { deviceId: Uint8Array; now(): number };
  #writes = 0;

  /** `cacheKiB`: of a thread that stays, and should be small. */
  constructor(platform: ThreadPlatform, library: LibraryAccess, owner: number, cacheKiB = CACHE_KIB) {
    this.db = platform.sqlite.open({
      path: library.databasePath,
      key: library.key,
      mode: 'write',
      cacheKiB,
    });
    this.newIds = idSource(platform.clock, platform.random);
    this.entryIds = new EntryIds(library.entryIds);
    this.dataFolder = library.dataFolder;
    this.#lock = new WriteLock(owner, library.lock);
    this.#environment = { deviceId: library.deviceId, now: () => platform.clock.now() };
  }

  write<T>(work: (tx: WriteTransaction) => T): T {
    const result = this.#alone(() => writeTransaction(this.db, this.#environment, undefined, work));
    if (++this.#writes % WRITES_PER_CHECKPOINT === 0) this.#checkpoint();
    return result;
  }

  /** Copies the log into the database, as far as no reader needs it, and lets go of the file. */
  close(): void {
    try {
      this.#beginLogAnew('TRUNCATE');
    } finally {
      this.db.close();
    }
  }

  #checkpoint(): void {
    const { log = 0 } = this.db.prepare<{ log: number }>('PRAGMA wal_checkpoint(PASSIVE)').get() ?? {};
    if (log > LONG_LOG) this.#beginLogAnew('RESTART');
  }

  /** With the lock: SQLite holds every writer off while it waits for readers, and the main thread must not meet that. */
  #beginLogAnew(how: 'RESTART' | 'TRUNCATE'): void {
    this.#alone(() => {
      this.db.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
      this.db.exec(`PRAGMA wal_checkpoint(${how})`);
      this.db.exec(`PRAGMA busy_timeout = ${USUAL_PATIENCE_MS}`);
    });
  }

  #alone<T>(work: () => T): T {
    this.#lock.acquireBlocking();
    try {
      return work();
    } finally {
      this.#lock.release();
    }
  }
}
