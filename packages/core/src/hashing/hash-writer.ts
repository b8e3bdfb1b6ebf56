import { type FullHash, storeFullHash } from '../db/library/full-hashes.ts';
import type { WriteLock } from '../db/write-lock.ts';
import { type WriteEnvironment, writeTransaction } from '../db/write.ts';
import type { Connection } from '../ports/sqlite.ts';

/** Rows of one transaction: few enough that whoever waits for the lock waits some milliseconds. */
const BATCH_ROWS = 500;
/** Batches after which the WAL is moved into the file. */
const CHECKPOINT_AFTER = 50;

/** Collects full hashes and stores them in batches. */
export class HashWriter {
  readonly #connection: Connection;
  readonly #lock: WriteLock;
  readonly #environment: WriteEnvironment;
  #pending: FullHash[] = [];
  #contents = new Set<string>();
  #batches = 0;

  constructor(connection: Connection, lock: WriteLock, environment: WriteEnvironment) {
    this.#connection = connection;
    this.#lock = lock;
    this.#environment = environment;
  }

  /** `content` is the UUID of what the file is. */
  add(hash: FullHash, content: string): void {
    this.#pending.push(hash);
    this.#contents.add(content);
    if (this.#pending.length >= BATCH_ROWS) this.#write();
  }

  /** Stores all that was added; answers the contents that got hashes since the last time. */
  flush(): string[] {
    if (this.#pending.length > 0) this.#write();
    const contents = [...this.#contents];
    this.#contents = new Set();
    return contents;
  }

  /** Moves the WAL into the file, as far as nobody reads it. */
  checkpoint(): void {
    this.#connection.prepare('PRAGMA wal_checkpoint(PASSIVE)').all();
    this.#batches = 0;
  }

  close(): void {
    this.#connection.close();
  }

  #write(): void {
    const batch = this.#pending;
    this.#lock.acquireBlocking();
    try {
      writeTransaction(this.#connection, this.#environment, undefined, (tx) => {
        for (const hash of batch) storeFullHash(tx, hash);
      });
    } finally {
      this.#lock.release();
    }
    this.#pending = [];
    if (++this.#batches >= CHECKPOINT_AFTER) this.checkpoint();
  }
}
