import { type DerivedLocation, isDamage, openDerived, recreateDerived } from '../db/derived-file.ts';
import { NAMES_DATABASE } from '../db/names/database.ts';
import { WriteLock } from '../db/write-lock.ts';
import { writeTransaction } from '../db/write.ts';
import { toPlainError } from '../errors.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { Connection } from '../ports/sqlite.ts';
import type { WorkerPort } from '../ports/workers.ts';
import { buildIndex } from './building/builder.ts';
import type { BuilderReport, BuilderRequest, IndexedLibrary } from './building/protocol.ts';
import type { LibraryWrite } from './building/renames.ts';

/** The thread that builds the text index of one library, with connections of its own. */
export function textIndexRole(platform: ThreadPlatform, port: WorkerPort): void {
  let builder: ThreadBuilder | undefined;
  port.onMessage((message) => {
    const request = message as BuilderRequest;
    const report = (what: BuilderReport): void => port.post(what);
    try {
      if (request.type === 'start')
        builder = new ThreadBuilder(platform, request.library, new Int32Array(request.stop), report);
      else if (request.type === 'build') report({ type: 'built', complete: builder?.build(request.bound) ?? false });
      else {
        builder?.close();
        report({ type: 'closed' });
      }
    } catch (error) {
      report({ type: 'failed', error: toPlainError(error) });
    }
  });
}

class ThreadBuilder {
  readonly #platform: ThreadPlatform;
  readonly #library: IndexedLibrary;
  readonly #stop: Int32Array;
  readonly #report: (what: BuilderReport) => void;
  #names: Connection | undefined;
  #reader: Connection | undefined;
  #writer: Connection | undefined;

  constructor(
    platform: ThreadPlatform,
    library: IndexedLibrary,
    stop: Int32Array,
    report: (what: BuilderReport) => void,
  ) {
    this.#platform = platform;
    this.#library = library;
    this.#stop = stop;
    this.#report = report;
  }

  build(bound: number): boolean {
    const { databasePath: path, key } = this.#library;
    this.#reader ??= this.#platform.sqlite.open({ path, key, mode: 'read' });
    this.#names ??= this.#open();
    try {
      return this.#run(this.#names, this.#reader, bound);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#names.close();
      this.#names = recreateDerived(NAMES_DATABASE, this.#location);
      this.#report({ type: 'renewed', why: (error as Error).message });
      return this.#run(this.#names, this.#reader, bound);
    }
  }

  close(): void {
    for (const connection of [this.#names, this.#reader, this.#writer]) connection?.close();
    this.#names = this.#reader = this.#writer = undefined;
  }

  get #location(): DerivedLocation {
    return {
      sqlite: this.#platform.sqlite,
      files: this.#platform.files,
      path: this.#library.namesPath,
      key: this.#library.key,
    };
  }

  #open(): Connection {
    const { db, why } = openDerived(NAMES_DATABASE, this.#location);
    if (why !== undefined) this.#report({ type: 'renewed', why });
    return db;
  }

  #run(names: Connection, library: Connection, bound: number): boolean {
    const total = library.prepare<{ n: number }>('SELECT count(*) AS n FROM entries WHERE id < ?').get(bound)?.n ?? 0;
    return buildIndex(
      {
        names,
        library,
        writeLibrary: this.#write,
        stopped: () => Atomics.load(this.#stop, 0) !== 0,
        progress: (meta) => this.#report({ type: 'progress', meta, total }),
      },
      bound,
    );
  }

  readonly #write: LibraryWrite = (work) => {
    const { databasePath: path, key, lock: memory, owner, deviceId } = this.#library;
    this.#writer ??= this.#platform.sqlite.open({ path, key, mode: 'write' });
    const lock = new WriteLock(owner, memory);
    lock.acquireBlocking();
    try {
      writeTransaction(this.#writer, { deviceId, now: () => this.#platform.clock.now() }, undefined, work);
    } finally {
      lock.release();
    }
  };
}
