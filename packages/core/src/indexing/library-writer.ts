import { EntryIds } from '../db/entry-ids.ts';
import { WriteLock } from '../db/write-lock.ts';
import { type WriteTransaction, writeTransaction } from '../db/write.ts';
import { type IdSource, idSource } from '../domain/ids.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import type { Connection, ThreadPlatform } from '../platform.ts';

/** The writer's page cache: the upper levels of the indexes it appends to, and the pages it fills. */
const CACHE_KIB = 24 * 1024;
/** The write-ahead log is copied into the database after this many writes, between them, with nobody waiting. */
const WRITES_PER_CHECKPOINT = 12;

/** The write path of a library in a worker thread. */
export class LibraryWriter {
  readonly db: Connection;
  readonly newIds: IdSource;
  readonly entryIds: EntryIds;
  readonly #lock: WriteLock;
  readonly #environment: { deviceId: Uint8Array; now(): number };
  #writes = 0;

  constructor(platform: ThreadPlatform, library: LibraryAccess, owner: number) {
    this.db = platform.sqlite.open({ path: library.databasePath, key: library.key, mode: 'write', cacheKiB: CACHE_KIB });
    this.newIds = idSource(platform.clock, platform.random);
    this.entryIds = new EntryIds(library.entryIds);
    this.#lock = new WriteLock(owner, library.lock);
    this.#environment = { deviceId: library.deviceId, now: () => platform.clock.now() };
  }

  write<T>(work: (tx: WriteTransaction) => T): T {
    this.#lock.acquireBlocking();
    let result: T;
    try {
      result = writeTransaction(this.db, this.#environment, undefined, work);
    } finally {
      this.#lock.release();
    }
    if (++this.#writes % WRITES_PER_CHECKPOINT === 0) this.db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    return result;
  }

  /** Copies the log into the database, as far as no reader needs it, and lets go of the file. */
  close(): void {
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.db.close();
  }
}
