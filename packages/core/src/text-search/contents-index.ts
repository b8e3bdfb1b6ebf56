import { type TextsMeta, readTextsMeta } from '../db/texts/meta.ts';
import { textsPathOf } from '../db/texts/schema.ts';
import type { NewText } from '../db/texts/texts.ts';
import { SdError } from '../errors.ts';
import type { Sqlite } from '../ports/sqlite.ts';
import { LibraryTexts, type TextsServiceParts } from './library-texts.ts';

/** What the service needs of an open library. */
export interface TextsLibrary {
  readonly id: string;
  readonly access: { readonly databasePath: string; readonly key: Uint8Array };
}

/** The index of contents of one library, as `core.status` shows it. */
export interface ContentsIndexStatus {
  readonly library: string;
  readonly state: 'idle' | 'filling';
  /** With a text in the index. */
  readonly documents: number;
}

/**
 * Keeps the texts of documents of every open library. Whoever makes a text puts it here first and says in the library
 * that it is made afterwards: after a crash in between it is made again, and put in the place of the first.
 */
export class ContentsIndex {
  readonly #parts: TextsServiceParts & { readonly sqlite: Sqlite };
  readonly #libraries = new Map<string, LibraryTexts>();

  constructor(parts: TextsServiceParts & { readonly sqlite: Sqlite }) {
    this.#parts = parts;
  }

  /** Answers false where there are no texts: documents that were read are to be read again. */
  start({ id, access }: TextsLibrary): boolean {
    if (this.#libraries.has(id)) return true;
    const { key } = access;
    const path = textsPathOf(access.databasePath);
    const found = this.#look(path, key);
    const texts = new LibraryTexts(this.#parts, { path, key, library: id, documents: found?.documents ?? 0 });
    this.#libraries.set(id, texts);
    // Nobody fills it yet: whoever did was cut off.
    if (found?.filling) texts.fill(false).catch((error: unknown) => this.#warn(id, error));
    return found !== undefined;
  }

  /** Ends its thread and lets go of the library's files. */
  async stop(libraryId: string): Promise<void> {
    const library = this.#libraries.get(libraryId);
    this.#libraries.delete(libraryId);
    await library?.stop();
  }

  /** Resolves when the texts are committed; each takes the place of what its content had. */
  async put(libraryId: string, texts: readonly NewText[]): Promise<void> {
    await this.#of(libraryId).put(texts);
  }

  /** Answers how many texts there were. */
  remove(libraryId: string, contents: readonly number[]): Promise<number> {
    return this.#of(libraryId).remove(contents);
  }

  /** Which of the contents have no text in the index, though one may have been made: the file was lost, say. */
  lacking(libraryId: string, contents: readonly { content: number; hash: Uint8Array }[]): Promise<number[]> {
    return this.#of(libraryId).lacking(contents);
  }

  /** Contents after `after` that have a text, by id: for the sweep of what is no more. */
  contents(libraryId: string, after: number, count: number): Promise<{ content: number; hash: Uint8Array }[]> {
    return this.#of(libraryId).contents(after, count);
  }

  /** Runs `work` while searches say that the index is being filled. */
  async whileFilling<T>(libraryId: string, work: () => Promise<T>): Promise<T> {
    await this.#of(libraryId).fill(true);
    try {
      return await work();
    } finally {
      // A library that closed meanwhile has let go of its files; the job goes on where it opens again.
      await this.#libraries
        .get(libraryId)
        ?.fill(false)
        .catch((error: unknown) => this.#warn(libraryId, error));
    }
  }

  status(): ContentsIndexStatus[] {
    return [...this.#libraries].map(([library, { filling, documents }]) => ({
      library,
      state: filling ? 'filling' : 'idle',
      documents,
    }));
  }

  /** What the file says of itself; `undefined` where there is none to use, which its thread will see too. */
  #look(path: string, key: Uint8Array): TextsMeta | undefined {
    try {
      const db = this.#parts.sqlite.open({ path, key, mode: 'read', cacheKiB: 100 });
      try {
        return readTextsMeta(db, 'main');
      } finally {
        db.close();
      }
    } catch {
      return undefined;
    }
  }

  #warn(library: string, error: unknown): void {
    this.#parts.log.warn('the index of contents could not be written', { library, error: String(error) });
  }

  #of(libraryId: string): LibraryTexts {
    const library = this.#libraries.get(libraryId);
    if (!library) throw new SdError('LIBRARY_CLOSED', 'the library is closed');
    return library;
  }
}
