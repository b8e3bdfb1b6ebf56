import type { LoggedTable } from '../../db/write.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

/** What was looked up stands for as long as its tables do: rows that anyone may write are in the change log. */
export type DependsOn = readonly (LoggedTable | 'entries')[];

interface Remembered {
  readonly value: unknown;
  readonly bytes: number;
  readonly on: DependsOn;
}

/** Bytes kept per connection; what was not asked for the longest goes first. */
const MOST_BYTES = 24 * 1024 * 1024;

/** What filters looked up in one library, kept while it is good. */
class Memory {
  #revision = -1;
  readonly #kept = new Map<string, Remembered>();
  #bytes = 0;

  get<T>(db: ReadConnection, key: string, on: DependsOn, make: () => { value: T; bytes: number }): T {
    this.#forgetChanged(db);
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.value as T;
    }
    const { value, bytes } = make();
    if (bytes > MOST_BYTES) return value;
    this.#kept.set(key, { value, bytes, on });
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#forget(oldest);
    }
    return value;
  }

  #forgetChanged(db: ReadConnection): void {
    const revision = db.prepare<{ revision: number }>('SELECT revision FROM write_state').get()?.revision ?? 0;
    if (revision === this.#revision) return;
    const changed = new Set<string>(['entries']);
    if (revision > this.#revision && this.#kept.size > 0) {
      const tables = db
        .prepare<{ table_name: string }>('SELECT DISTINCT table_name FROM change_log WHERE revision > ?')
        .all(this.#revision);
      for (const { table_name: table } of tables) changed.add(table);
    }
    for (const [key, { on }] of this.#kept)
      // A backup that was restored has a lower revision, and anything may be different.
      if (revision < this.#revision || on.some((table) => changed.has(table))) this.#forget(key);
    this.#revision = revision;
  }

  #forget(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}

const memories = new WeakMap<ReadConnection, Memory>();

/** What `make` finds in the tables `on`, from memory where nothing was written to them since. `key` says what it is. */
export function remembered<T>(
  db: ReadConnection,
  key: readonly unknown[],
  on: DependsOn,
  make: () => { value: T; bytes: number },
): T {
  let memory = memories.get(db);
  if (!memory) memories.set(db, (memory = new Memory()));
  return memory.get(db, JSON.stringify(key), on, make);
}
