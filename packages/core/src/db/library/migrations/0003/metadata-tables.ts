/**
 * What a person said of an entry (`scope` 0, `target_id` of `entries`) or of a content (`scope` 1, of `contents`: it
 * holds for every copy). A row is made when it is first needed. Anyone may write them: they sync as a log. NULL is what
 * nobody said: then the next farther target speaks (an entry's content for the entry). `rating` is 0 to 5; `fields` is
 * JSON of custom fields. Rows outlive the entry they are of: it may come back.
 *
 * `successions` is this device's own note: the content a file had before it was edited, whose metadata and tags hold
 * for it until its new content is known, and are then said of that one too.
 */
export const METADATA_TABLES = `
CREATE TABLE metadata (
  scope INTEGER NOT NULL CHECK (scope IN (0, 1)),
  target_id INTEGER NOT NULL,
  favorite INTEGER,
  rating INTEGER,
  hidden INTEGER,
  note TEXT,
  fields TEXT,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (scope, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX metadata_favorites ON metadata (scope, target_id) WHERE favorite = 1;
CREATE INDEX metadata_ratings ON metadata (rating, scope, target_id) WHERE rating > 0;
CREATE INDEX metadata_hidden ON metadata (scope, target_id) WHERE hidden = 1;

CREATE TABLE successions (
  entry_id INTEGER PRIMARY KEY,
  content_id INTEGER NOT NULL
) STRICT;
CREATE INDEX successions_by_content ON successions (content_id);
`;
