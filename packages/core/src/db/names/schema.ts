/** The text index of a library's names lies in a file of its own beside `library.db`: all of it can be made again. */
export const NAMES_FILE = 'names.db';

/** Where it lies, from the native path of the library's database. */
export function namesPathOf(databasePath: string): string {
  return `${databasePath.slice(0, databasePath.lastIndexOf('/') + 1)}${NAMES_FILE}`;
}

/** A file of another format is thrown away and built anew. */
export const NAMES_FORMAT = 1;

/**
 * `trigrams` holds, per entry, the trigrams of its folded name between anchors (see `search/indexed-text.ts`), and
 * nothing else: no text, no positions, no sizes. A changed name is inserted again under the same id, a deleted entry's
 * postings stay: whoever searches checks each candidate against its entry.
 * `grams` says in how many names a trigram occurs, so that a search starts from the rarest.
 */
export const NAMES_SCHEMA = `
CREATE VIRTUAL TABLE trigrams USING fts5(text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1');
CREATE TABLE grams (gram TEXT PRIMARY KEY, docs INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  format   INTEGER NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('building', 'ready')), -- while building, 'grams' is not to be trusted
  mark     INTEGER NOT NULL,                                     -- every entry up to this id is in 'trigrams'
  docs     INTEGER NOT NULL,                                     -- names put in, those that are stale by now included
  revision INTEGER NOT NULL                                      -- of the library when that was so
);
INSERT INTO meta VALUES (1, ${NAMES_FORMAT}, 'building', 0, 0, 0);
-- Merging is the builder's, in steps it chooses; the largest level is only merged on its request.
INSERT INTO trigrams (trigrams, rank) VALUES ('automerge', 0), ('crisismerge', 64), ('usermerge', 4), ('hashsize', 8388608);
`;
