import type { WriteTransaction } from '../../db/write.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

/**
 * From the first write of a pass to its end, the locations say from which id on entries were added since all was
 * settled: a scan after a crash finds what was moved by it. What an interrupted scan said before stays.
 */
export class Unsettling {
  readonly #firstNewId: number;
  readonly #settled: readonly number[];
  #begun = false;

  /** `left`: ids of locations whose scan left this to the pass. */
  constructor(db: ReadConnection, firstNewId: number, left: ReadonlySet<number>) {
    this.#firstNewId = firstNewId;
    this.#settled = db
      .prepare<{ id: number; unsettled: number | null }>('SELECT id, unsettled_from AS unsettled FROM locations')
      .all()
      .filter(({ id, unsettled }) => unsettled === null || left.has(id))
      .map(({ id }) => id);
    // What is to be ended has begun.
    this.#begun = left.size > 0;
  }

  get begun(): boolean {
    return this.#begun;
  }

  begin(tx: WriteTransaction): void {
    if (this.#begun) return;
    this.#begun = true;
    for (const id of this.#settled)
      tx.run('UPDATE locations SET unsettled_from = ? WHERE id = ?', this.#firstNewId, id);
  }

  end(tx: WriteTransaction): void {
    for (const id of this.#settled) tx.run('UPDATE locations SET unsettled_from = NULL WHERE id = ?', id);
  }
}
