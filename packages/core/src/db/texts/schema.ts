/** The texts of a library's documents and their index lie in a file of their own beside `library.db`: all of it can be read again. */
export const TEXTS_FILE = 'texts.db';

/** Where it lies, from the native path of the library's database. */
export function textsPathOf(databasePath: string): string {
  return `${databasePath.slice(0, databasePath.lastIndexOf('/') + 1)}${TEXTS_FILE}`;
}

/** A file of another format is thrown away and made anew. */
export const TEXTS_FORMAT = 1;

/**
 * A row of `texts` per content with a text: its id in the library, its hash (an id may come to mean another content), the
 * version of what read it. `bodies` holds the text, packed (`packing.ts`), apart from what searches go through. `words`
 * is the index: it sees the folded words of `domain/words.ts` with a space between, which the tokenizer leaves as they are.
 */
export const TEXTS_SCHEMA = `
CREATE TABLE texts (
  content_id INTEGER PRIMARY KEY,
  hash  BLOB NOT NULL,
  maker INTEGER NOT NULL
) STRICT;
CREATE TABLE bodies (
  content_id INTEGER PRIMARY KEY,
  packed BLOB NOT NULL
) STRICT;
CREATE VIRTUAL TABLE words USING fts5(text, content = '', contentless_delete = 1, tokenize = 'ascii');
INSERT INTO words (words, rank) VALUES ('hashsize', 8388608);
CREATE TABLE meta (
  only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
  format    INTEGER NOT NULL,
  documents INTEGER NOT NULL,  -- rows of texts
  filling   INTEGER NOT NULL   -- 1 while a job reads documents
) STRICT;
INSERT INTO meta VALUES (1, ${TEXTS_FORMAT}, 0, 0);
`;
