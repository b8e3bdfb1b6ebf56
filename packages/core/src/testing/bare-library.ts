import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { migrations } from '../db/library/migrations/index.ts';
import { migrate } from '../db/migrate.ts';
import type { AuditNote } from '../db/write.ts';
import { writeTransaction } from '../db/write.ts';
import { idSource } from '../domain/ids.ts';
import type { LibraryWriteTransaction } from '../libraries/library.ts';
import type { Connection } from '../ports/sqlite.ts';
import type { WriteTask } from '../write-task.ts';
import { dataFolder } from './library-fixture.ts';

const DEVICE = new Uint8Array(16).fill(9);

/** A library's database without the rest of a library: what changes rows is run in this thread. */
export class BareLibrary {
  readonly db: Connection;
  readonly newIds = idSource(
    { now: () => this.#now },
    { bytes: (length) => Uint8Array.from({ length }, (_, at) => (at * 31 + this.#now) & 0xff) },
  );
  #now = 1_000_000;
  #actions = 0;

  constructor(context: { after(call: () => void): void }) {
    this.db = nodeSqlite.open({
      path: `${dataFolder(context)}/library.db`,
      key: new Uint8Array(32).fill(1),
      mode: 'create',
    });
    migrate(this.db, migrations);
    context.after(() => this.db.close());
  }

  /** Milliseconds that never stand still. */
  now(): number {
    return ++this.#now;
  }

  /** One action of its own: answers its receipt. */
  act(work: (tx: LibraryWriteTransaction) => unknown): string {
    const receipt = `receipt ${++this.#actions}`;
    this.write(work, { receipt, operation: 'test.act', client: 'test', input: null });
    return receipt;
  }

  run<I, O>(task: WriteTask<I, O>, input: I): { receipt: string; output: O } {
    let output: O | undefined;
    const receipt = this.act((tx) => {
      output = task.write(tx, input, { deviceId: DEVICE, newIds: this.newIds, now: this.now() });
    });
    return { receipt, output: output as O };
  }

  /** What no action does: what the index does. */
  write<T>(work: (tx: LibraryWriteTransaction) => T, note?: AuditNote): T {
    const environment = { deviceId: DEVICE, now: () => this.now() };
    return writeTransaction(this.db, environment, note, (tx) => work(Object.assign(tx, { emit: () => {} })));
  }

  /** All rows of some tables, to be compared. */
  rows(...tables: readonly string[]): unknown[] {
    return tables.map((table) => this.db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all());
  }
}
