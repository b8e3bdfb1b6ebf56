import type { Connection, Sqlite } from '../../ports/sqlite.ts';
import { lackingTexts } from './texts.ts';
import { textsPathOf } from './schema.ts';

/** Tells which contents have a text; for whoever does not write them. A file that cannot be read has none. */
export class TextsLookup {
  readonly #sqlite: Sqlite;
  readonly #library: { readonly databasePath: string; readonly key: Uint8Array };
  #db: Connection | undefined;

  constructor(sqlite: Sqlite, library: { readonly databasePath: string; readonly key: Uint8Array }) {
    this.#sqlite = sqlite;
    this.#library = library;
  }

  has(content: number, hash: Uint8Array): boolean {
    const { databasePath, key } = this.#library;
    try {
      this.#db ??= this.#sqlite.open({ path: textsPathOf(databasePath), key, mode: 'read', cacheKiB: 512 });
      return lackingTexts(this.#db, [{ content, hash }]).length === 0;
    } catch {
      this.close();
      return false;
    }
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }
}
