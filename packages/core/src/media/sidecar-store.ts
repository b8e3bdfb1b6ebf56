import { putMedia, removeMedia } from '../db/library/media.ts';
import { type SidecarRow, putSidecar } from '../db/library/sidecars.ts';
import type { WriteLock } from '../db/write-lock.ts';
import { type WriteEnvironment, type WriteTransaction, writeTransaction } from '../db/write.ts';
import { contentUuid, uuidToText } from '../domain/ids.ts';
import { MAKERS } from '../domain/sidecar.ts';
import type { Files } from '../ports/files.ts';
import type { Connection } from '../ports/sqlite.ts';
import type { MadeSidecar } from './made-sidecars.ts';
import { type SidecarFiles, nameOf } from './sidecar-files.ts';

/** Contents of one transaction: few enough that whoever waits for the lock waits some milliseconds. */
const BATCH = 100;
/** Batches after which the WAL is moved into the file. */
const CHECKPOINT_AFTER = 50;

export interface StoredContent {
  readonly id: number;
  readonly hash: Uint8Array;
}
interface Pending {
  readonly content: StoredContent;
  readonly rows: readonly SidecarRow[];
  readonly made: readonly MadeSidecar[];
  /** Files of older makers. */
  readonly outdated: readonly string[];
}

/** Writes sidecars: first their files, then, in batches, the rows that say that they are there. */
export class SidecarStore {
  readonly #connection: Connection;
  readonly #lock: WriteLock;
  readonly #environment: WriteEnvironment;
  readonly #sidecars: SidecarFiles;
  readonly #files: Files;
  #pending: Pending[] = [];
  #batches = 0;

  constructor(parts: {
    connection: Connection;
    lock: WriteLock;
    environment: WriteEnvironment;
    sidecars: SidecarFiles;
    files: Files;
  }) {
    this.#connection = parts.connection;
    this.#lock = parts.lock;
    this.#environment = parts.environment;
    this.#sidecars = parts.sidecars;
    this.#files = parts.files;
  }

  /** `before`: what the content had. */
  add(content: StoredContent, made: readonly MadeSidecar[], before: readonly SidecarRow[]): void {
    const rows = made.map(({ kind, state, reason, bytes, size }): SidecarRow => {
      const maker = MAKERS[kind];
      const written = bytes && this.#sidecars.write(this.#files, nameOf(content.hash, kind, maker), bytes);
      return {
        kind,
        maker,
        state,
        size: written ?? size ?? 0,
        reason: reason ?? null,
        made_at: this.#environment.now(),
      };
    });
    const outdated = before
      .filter((row) =>
        rows.some(({ kind, maker, state }) => kind === row.kind && (maker !== row.maker || state !== 'made')),
      )
      .map(({ kind, maker }) => this.#sidecars.pathOf(nameOf(content.hash, kind, maker)));
    this.#pending.push({ content, rows, made, outdated });
    if (this.#pending.length >= BATCH) this.#commit();
  }

  /** All that was added is in the library when this returns. */
  flush(): void {
    if (this.#pending.length > 0) this.#commit();
  }

  write(work: (tx: WriteTransaction) => void): void {
    this.#lock.acquireBlocking();
    try {
      writeTransaction(this.#connection, this.#environment, undefined, work);
    } finally {
      this.#lock.release();
    }
  }

  close(): void {
    this.#connection.prepare('PRAGMA wal_checkpoint(PASSIVE)').all();
    this.#connection.close();
  }

  #commit(): void {
    const batch = this.#pending;
    this.write((tx) => {
      for (const { content, rows, made } of batch) {
        for (const row of rows) putSidecar(tx, content, row);
        const facts = made.find(({ kind }) => kind === 'facts');
        if (facts?.facts) putMedia(tx, content, facts.facts);
        else if (facts) removeMedia(tx, content);
      }
    });
    this.#pending = [];
    for (const { outdated } of batch) for (const path of outdated) this.#files.remove(path);
    if (++this.#batches % CHECKPOINT_AFTER === 0) this.#connection.prepare('PRAGMA wal_checkpoint(PASSIVE)').all();
  }
}

/** The UUIDs that clients know contents by. */
export function uuidOf({ hash }: StoredContent): string {
  return uuidToText(contentUuid(hash));
}
