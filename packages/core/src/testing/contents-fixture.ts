import { nodeFiles } from '@sd/platform-node/files.ts';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { AttachedTexts } from '../db/texts/attached.ts';
import { openDerived } from '../db/derived-file.ts';
import { TEXTS_DATABASE } from '../db/texts/database.ts';
import { textsPathOf } from '../db/texts/schema.ts';
import { prepareText, putTexts, removeTexts } from '../db/texts/texts.ts';
import { tidyText } from '../domain/tidy-text.ts';
import type { Connection } from '../ports/sqlite.ts';
import type { ContentsWorld } from '../search/contents/contents-search.ts';
import { SEARCH_KEY, SearchLibrary } from './search-fixture.ts';

/** A library with entries, contents and the texts of these, as a reader thread finds it. */
export class ContentsLibrary {
  readonly library = new SearchLibrary();
  /** What was put in, by content. */
  readonly texts = new Map<number, string>();
  readonly #writer: Connection;
  readonly #reader: AttachedTexts;

  constructor() {
    const path = textsPathOf(this.library.path);
    this.#writer = openDerived(TEXTS_DATABASE, { sqlite: nodeSqlite, files: nodeFiles, path, key: SEARCH_KEY }).db;
    this.#reader = new AttachedTexts(this.library.world.db as Connection, nodeFiles, path, SEARCH_KEY);
  }

  get world(): ContentsWorld {
    return { ...this.library.world, texts: this.#reader };
  }

  /** Puts a content into the library, with a text where one is given. Answers its id. */
  async addContent(text?: string): Promise<number> {
    const hash = crypto.getRandomValues(new Uint8Array(32));
    const content = this.library.write((tx) => {
      tx.run('INSERT INTO contents (hash, size, kind) VALUES (?, 1, 5)', hash);
      return tx.prepare<{ id: number }>('SELECT max(id) AS id FROM contents').get()?.id ?? 0;
    });
    if (text !== undefined) await this.putText(content, hash, text);
    return content;
  }

  async putText(content: number, hash: Uint8Array, text: string): Promise<void> {
    putTexts(this.#writer, [await prepareText({ content, hash, maker: 1, text })]);
    this.texts.set(content, tidyText(text, text.length));
  }

  removeText(content: number): void {
    removeTexts(this.#writer, [content]);
    this.texts.delete(content);
  }

  /** Lets go of the file of the texts, which the index is to have for itself. */
  closeTexts(): void {
    this.#writer.close();
    this.#reader.distrust();
  }

  close(): void {
    this.#writer.close();
    this.library.close();
  }
}
