import { storedName } from '../../db/library/root-entry.ts';
import type { WriteTransaction } from '../../db/write.ts';
import { FOLDER } from '../../domain/entry.ts';
import type { SqlValue } from '../../ports/sqlite.ts';
import { FolderSignature } from '../signature.ts';
import type { RowFacts } from './followed-row.ts';

/** A row that is new. */
export interface NewRow extends RowFacts {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  readonly type: number;
  readonly kind: number;
  readonly uuid: Uint8Array | null;
  readonly content: number | null;
  /** A folder that may hold something already: it is to be looked at. */
  readonly unknown?: boolean;
}

const ROWS = 50;
const COLUMNS = 12;
const INSERT =
  'INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision, uuid, content_id) VALUES ';
const ONE_ROW = `(${Array(COLUMNS).fill('?').join(', ')})`;
const INSERT_ONE = INSERT + ONE_ROW;
const INSERT_MANY = INSERT + Array(ROWS).fill(ONE_ROW).join(', ');
/** Of a folder with nothing in it. */
const EMPTY = new FolderSignature().value;

/** Collects rows that are new, so that many are written with one statement. */
export class NewRows {
  readonly #tx: WriteTransaction;
  #pending: SqlValue[] = [];
  #highest = 0;
  #lowest = Infinity;

  constructor(tx: WriteTransaction) {
    this.#tx = tx;
  }

  add(row: NewRow): void {
    const { id, parent, name, type, kind, size, mtime, inode, links, uuid, content } = row;
    const { revision } = this.#tx;
    this.#pending.push(id, parent, storedName(name), type, kind, size, mtime, inode, links, revision, uuid, content);
    this.#highest = Math.max(this.#highest, id);
    this.#lowest = Math.min(this.#lowest, id);
    if (this.#pending.length === ROWS * COLUMNS) {
      this.#tx.run(INSERT_MANY, ...this.#pending);
      this.#pending = [];
      this.#lowest = Infinity;
    }
    if (type === FOLDER) {
      // What comes next may be in it.
      this.flush();
      this.#tx.run(
        'INSERT INTO folders (entry_id, signature, stale) VALUES (?, ?, 0)',
        id,
        row.unknown === true ? null : EMPTY,
      );
    }
  }

  /** Before anything is asked of this one. */
  settle(id: number): void {
    if (id >= this.#lowest) this.flush();
  }

  flush(): void {
    for (let at = 0; at < this.#pending.length; at += COLUMNS)
      this.#tx.run(INSERT_ONE, ...this.#pending.slice(at, at + COLUMNS));
    this.#pending = [];
    this.#lowest = Infinity;
    if (this.#highest > 0)
      this.#tx.run('UPDATE write_state SET next_entry_id = max(next_entry_id, ?)', this.#highest + 1);
    this.#highest = 0;
  }
}
