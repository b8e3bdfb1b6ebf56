import { tidyText } from '../../domain/tidy-text.ts';
import { foldedWords } from '../../domain/words.ts';
import type { Connection, ReadConnection } from '../../ports/sqlite.ts';
import { packText, unpackText } from './packing.ts';

/** The text of one content, as it is put in. */
export interface NewText {
  /** Id of the content in the library. */
  readonly content: number;
  readonly hash: Uint8Array;
  /** Version of what read it. */
  readonly maker: number;
  /** As it came out of the document. */
  readonly text: string;
}

/** A text that is ready for its transaction. */
export interface PreparedText extends Omit<NewText, 'text'> {
  readonly words: string;
  readonly packed: Uint8Array;
}

/** The most of one document that is kept, in UTF-16 units. */
const LONGEST_TEXT = 1 << 20;

/** All that takes time: tidying, folding, packing. */
export async function prepareText({ text, ...rest }: NewText): Promise<PreparedText> {
  const tidied = tidyText(text, LONGEST_TEXT);
  return { ...rest, words: foldedWords(tidied), packed: await packText(tidied) };
}

/** Puts texts in the place of those the contents had, in one transaction. */
export function putTexts(db: Connection, texts: readonly PreparedText[]): void {
  inTransaction(db, () => {
    for (const { content, hash, maker, words, packed } of texts) {
      removeText(db, content);
      db.prepare('INSERT INTO texts (content_id, hash, maker) VALUES (?, ?, ?)').run(content, hash, maker);
      db.prepare('INSERT INTO bodies (content_id, packed) VALUES (?, ?)').run(content, packed);
      db.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)').run(content, words);
      db.prepare('UPDATE meta SET documents = documents + 1').run();
    }
  });
}

/** Answers how many there were. */
export function removeTexts(db: Connection, contents: readonly number[]): number {
  let removed = 0;
  inTransaction(db, () => {
    for (const content of contents) removed += removeText(db, content);
  });
  return removed;
}

function removeText(db: Connection, content: number): number {
  const { changes } = db.prepare('DELETE FROM texts WHERE content_id = ?').run(content);
  if (changes === 0) return 0;
  db.prepare('DELETE FROM bodies WHERE content_id = ?').run(content);
  db.prepare('DELETE FROM words WHERE rowid = ?').run(content);
  db.prepare('UPDATE meta SET documents = documents - 1').run();
  return 1;
}

/** Which of the contents have no text here, or that of another content. */
export function lackingTexts(
  db: ReadConnection,
  contents: readonly { readonly content: number; readonly hash: Uint8Array }[],
): number[] {
  const find = db.prepare('SELECT 1 FROM texts WHERE content_id = ? AND hash = ?');
  return contents.filter(({ content, hash }) => find.get(content, hash) === undefined).map(({ content }) => content);
}

/** The text of a content; `undefined` where there is none. `schema` as in `readTextsMeta`. */
export async function textOf(
  db: ReadConnection,
  schema: 'main' | 'texts',
  content: number,
): Promise<string | undefined> {
  const row = db
    .prepare<{ packed: Uint8Array<ArrayBuffer> }>(`SELECT packed FROM ${schema}.bodies WHERE content_id = ?`)
    .get(content);
  return row && unpackText(row.packed);
}

/** Ids of the contents after `after` that have a text, ascending. */
export function contentsWithText(
  db: ReadConnection,
  after: number,
  count: number,
): { content: number; hash: Uint8Array }[] {
  return db
    .prepare<{ content: number; hash: Uint8Array }>(
      'SELECT content_id AS content, hash FROM texts WHERE content_id > ? ORDER BY content_id LIMIT ?',
    )
    .all(after, count);
}

export function setFilling(db: Connection, filling: boolean): void {
  db.prepare('UPDATE meta SET filling = ?').run(filling ? 1 : 0);
}

function inTransaction(db: Connection, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
