/**
 * Collections and spaces, anyone's to write: they sync as a log. A collection with a `query` is a saved search (a smart
 * one) and has no items. `position` is a fractional index: text that sorts, with room between any two, so that moving
 * one item writes one row. `space_items.target` is what the kind needs: an id, an address, a query. `label` is what an item
 * was called when it was added: all there is to show once what it was has gone.
 */
export const COLLECTION_TABLES = `
CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  description TEXT,
  color TEXT,
  icon TEXT,
  query TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE collection_items (
  collection_id INTEGER NOT NULL,
  scope INTEGER NOT NULL CHECK (scope IN (0, 1)),
  target_id INTEGER NOT NULL,
  position TEXT NOT NULL,
  label TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (collection_id, scope, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_items_in_order ON collection_items (collection_id, position);
CREATE INDEX collection_items_by_target ON collection_items (scope, target_id);

CREATE TABLE spaces (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  color TEXT,
  icon TEXT,
  position TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE space_groups (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  space_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  collapsed INTEGER NOT NULL DEFAULT 0,
  position TEXT NOT NULL
) STRICT;
CREATE INDEX space_groups_of ON space_groups (space_id, position);

CREATE TABLE space_items (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  space_id INTEGER NOT NULL,
  group_id INTEGER,
  kind TEXT NOT NULL,
  target TEXT,
  label TEXT,
  position TEXT NOT NULL
) STRICT;
CREATE INDEX space_items_of ON space_items (space_id, group_id, position);
`;
