import { nameOfStored } from '../../domain/entry.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

/** Names kept, some tens of megabytes; then the memory is begun anew. */
const MOST_NAMES = 300_000;
/** More rows than this that others wrote are not gone through one by one. */
const MOST_NEWS = 20_000;

interface Named {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
}

/**
 * The children of folders by name. No index of the database leads from a name to a file, and a folder of a hundred
 * thousand must not be read for each file that is put into it: what was read stays, and follows what others write. It
 * may know more than there is, so what it answers is asked of the row.
 */
export class ChildNames {
  readonly #db: ReadConnection;
  readonly #folders = new Map<number, Map<string, number>>();
  #names = 0;
  #revision = -1;

  constructor(db: ReadConnection) {
    this.#db = db;
  }

  /** Called in a write, before anything is asked: `revision` is that of the one before. */
  catchUp(revision: number): void {
    if (this.#revision === revision) return;
    if (this.#folders.size > 0) {
      const news = this.#db
        .prepare<Named>(`SELECT id, parent_id, name FROM entries WHERE revision > ? LIMIT ${MOST_NEWS}`)
        .all(this.#revision);
      if (news.length === MOST_NEWS) this.clear();
      else
        for (const { id, parent_id, name } of news) if (parent_id !== null) this.set(parent_id, nameOfStored(name), id);
    }
    this.#revision = revision;
  }

  /** All that was written up to this revision is known. */
  wrote(revision: number): void {
    this.#revision = revision;
  }

  clear(): void {
    this.#folders.clear();
    this.#names = 0;
  }

  /** The folder was just made: nothing is in it. */
  begin(folder: number): void {
    this.#folders.set(folder, new Map());
  }

  /** The id a child of that name may have. */
  find(folder: number, name: string): number | undefined {
    return (this.#folders.get(folder) ?? this.#load(folder)).get(name);
  }

  /** Whether a folder holds the names its rows have, and no others. Asks for no facts of what it holds. */
  areAll(folder: number, names: readonly string[]): boolean {
    const rows = this.#db
      .prepare<{ children: number }>(
        'SELECT children FROM folders WHERE entry_id = ? AND stale = 0 AND signature NOT NULL',
      )
      .get(folder);
    if (rows?.children !== names.length) return false;
    const known = this.#folders.get(folder);
    return known !== undefined && names.every((name) => known.has(name));
  }

  set(folder: number, name: string, id: number): void {
    const children = this.#folders.get(folder);
    if (!children) return;
    this.#names++;
    children.set(name, id);
  }

  delete(folder: number, name: string): void {
    this.#folders.get(folder)?.delete(name);
  }

  forget(folder: number): void {
    this.#folders.delete(folder);
  }

  #load(folder: number): Map<string, number> {
    if (this.#names > MOST_NAMES) this.clear();
    const rows = this.#db
      .prepare<{ id: number; name: string | Uint8Array }>('SELECT id, name FROM entries WHERE parent_id = ?')
      .all(folder);
    const children = new Map(rows.map(({ id, name }) => [nameOfStored(name), id]));
    this.#folders.set(folder, children);
    this.#names += children.size;
    return children;
  }
}
