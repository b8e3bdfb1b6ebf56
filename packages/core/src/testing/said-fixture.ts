import type { WriteTransaction } from '../db/write.ts';
import { fold } from '../domain/fold.ts';
import type { SearchLibrary } from './search-fixture.ts';

/** What people said and what is known of contents, put into a test's library row by row; each write is logged as the product does it. */
export class SaidFixture {
  readonly #library: SearchLibrary;
  #last = 0;

  constructor(library: SearchLibrary) {
    this.#library = library;
  }

  content(): number {
    return this.#put('contents', (tx) => {
      tx.run('INSERT INTO contents (hash, size, kind) VALUES (?, 1, 2)', crypto.getRandomValues(new Uint8Array(32)));
      return tx.prepare<{ id: number }>('SELECT max(id) AS id FROM contents').get()?.id ?? 0;
    });
  }

  tag(name: string, options: { parents?: readonly number[]; kind?: string; aliases?: readonly string[] } = {}): number {
    const id = ++this.#last;
    this.#put('tags', (tx) => {
      tx.run(
        'INSERT INTO tags (id, uuid, name, folded, aliases, kind, created_at) VALUES (?, ?, ?, ?, ?, ?, 0)',
        id,
        crypto.getRandomValues(new Uint8Array(16)),
        name,
        fold(name),
        JSON.stringify(options.aliases ?? []),
        options.kind ?? 'standard',
      );
    });
    for (const parent of options.parents ?? [])
      this.#put(
        'tag_links',
        (tx) => void tx.run("INSERT OR IGNORE INTO tag_links VALUES (?, 'parent', ?)", id, parent),
      );
    return id;
  }

  apply(tag: number, scope: 0 | 1, target: number): void {
    this.#put('tag_applications', (tx) => {
      tx.run(
        "INSERT OR IGNORE INTO tag_applications (tag_id, scope, target_id, source, device_id, applied_at) VALUES (?, ?, ?, 'user', x'00', 0)",
        tag,
        scope,
        target,
      );
    });
  }

  say(
    scope: 0 | 1,
    target: number,
    said: Partial<Record<'favorite' | 'rating' | 'hidden' | 'note', number | string | null>>,
  ): void {
    const { favorite = null, rating = null, hidden = null, note = null } = said;
    this.#put('metadata', (tx) => {
      tx.run(
        'INSERT OR REPLACE INTO metadata (scope, target_id, favorite, rating, hidden, note, changed_at) VALUES (?, ?, ?, ?, ?, ?, 0)',
        scope,
        target,
        favorite,
        rating,
        hidden,
        note,
      );
    });
  }

  /** Columns of the table, and `taken_zone`. */
  media(content: number, { taken_zone: zone, ...facts }: Readonly<Record<string, number | string | null>>): void {
    const columns = Object.keys(facts);
    this.#put('media', (tx) => {
      tx.run(
        `INSERT OR REPLACE INTO media (content_id, facts${columns.map((column) => `, ${column}`).join('')}) VALUES (?, ?${', ?'.repeat(columns.length)})`,
        content,
        JSON.stringify(zone == null ? {} : { taken_zone: zone }),
        ...Object.values(facts),
      );
    });
  }

  collection(name: string, query: string | null = null): number {
    const id = ++this.#last;
    this.#put('collections', (tx) => {
      const uuid = crypto.getRandomValues(new Uint8Array(16));
      tx.run(
        'INSERT INTO collections (id, uuid, name, query, created_at) VALUES (?, ?, ?, ?, 0)',
        id,
        uuid,
        name,
        query,
      );
    });
    return id;
  }

  collect(collection: number, scope: 0 | 1, target: number): void {
    this.#put('collection_items', (tx) => {
      tx.run(
        "INSERT OR IGNORE INTO collection_items (collection_id, scope, target_id, position, added_at) VALUES (?, ?, ?, 'a0', 0)",
        collection,
        scope,
        target,
      );
    });
  }

  /** The content that an edited file had before. */
  succession(entry: number, content: number): void {
    this.#library.write((tx) => void tx.run('INSERT OR REPLACE INTO successions VALUES (?, ?)', entry, content));
  }

  #put<T>(table: Parameters<WriteTransaction['logged']>[0], work: (tx: WriteTransaction) => T): T {
    return this.#library.write((tx) => {
      const result = work(tx);
      tx.logged(table, crypto.getRandomValues(new Uint8Array(16)), {});
      return result;
    });
  }
}
