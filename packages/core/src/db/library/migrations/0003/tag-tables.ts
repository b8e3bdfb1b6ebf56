/**
 * Tags, anyone's to write: they sync as a log. `folded` is the name as it is compared; the same name may be in two
 * namespaces ('' is the common one). `aliases` is a JSON list. `tag_links` are the edges of the graph: the parents of a
 * tag (no cycles), and symmetric `related` and `synonym` (stored once, the lower id first). `tag_applications` says of
 * an entry (`scope` 0) or a content (`scope` 1) that it has the tag: by whom (`source`: 'user', 'import', 'agent:…'),
 * how sure (`confidence`, 0 to 1, null for people) and why (`context`, JSON).
 */
export const TAG_TABLES = `
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  namespace TEXT NOT NULL DEFAULT '',
  folded TEXT NOT NULL,
  aliases TEXT NOT NULL DEFAULT '[]',
  abbreviation TEXT,
  color TEXT,
  icon TEXT,
  description TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('standard', 'organizational', 'privacy', 'system')),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tags_by_name ON tags (folded, namespace);

CREATE TABLE tag_links (
  tag_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('parent', 'related', 'synonym')),
  other_id INTEGER NOT NULL,
  PRIMARY KEY (tag_id, kind, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_links_back ON tag_links (other_id, kind, tag_id);

CREATE TABLE tag_applications (
  tag_id INTEGER NOT NULL,
  scope INTEGER NOT NULL CHECK (scope IN (0, 1)),
  target_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  confidence REAL,
  context TEXT,
  device_id BLOB NOT NULL,
  applied_at INTEGER NOT NULL,
  PRIMARY KEY (tag_id, scope, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_applications_by_target ON tag_applications (scope, target_id, tag_id);
`;
