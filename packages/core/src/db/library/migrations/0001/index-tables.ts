/**
 * What the index holds. `entries.name` is TEXT, or the exact bytes as a BLOB where they are not valid UTF-8;
 * `entries.type` is 0 file, 1 folder, 2 symbolic link, 3 other; `mtime` is in microseconds; `links` is 1 where a file
 * has more names than one, and where another file system is mounted on a folder. A location's root entry has no parent. A row of `folders` per folder: `bytes`, `files` and
 * `folders` reach all the way down, hard links counted once; the `own_` ones count direct children; `signature` is the digest of its direct children as the disk showed them (NULL: look
 * at them again), `stale` says that its sums are to be made anew, `unidentified` that files in it may lack a content.
 * `renamed_entries`: whoever changes the name of an entry that had one puts its id here, in the same transaction; the
 * builder of the text index takes it out again.
 */
export const INDEX_TABLES = `
CREATE TABLE locations (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  device_id BLOB NOT NULL,
  root_entry_id INTEGER NOT NULL,
  path NOT NULL,
  name TEXT NOT NULL,
  mode TEXT NOT NULL,
  rules TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  scanning INTEGER NOT NULL,
  indexed_at INTEGER,
  last_scan TEXT,
  root_device INTEGER,
  root_inode INTEGER,
  full_due INTEGER NOT NULL DEFAULT 0,
  unsettled_from INTEGER,
  revision INTEGER NOT NULL
);

CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER,
  name NOT NULL,
  type INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  links INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  uuid BLOB,
  content_id INTEGER
);
CREATE INDEX entries_by_parent ON entries (parent_id);
CREATE INDEX entries_folders ON entries (parent_id, name) WHERE type = 1;
CREATE INDEX entries_folder_inodes ON entries (inode) WHERE type = 1;
CREATE INDEX entries_hard_links ON entries (inode) WHERE links = 1;
CREATE INDEX entries_by_revision ON entries (revision);
CREATE UNIQUE INDEX entries_by_uuid ON entries (uuid) WHERE uuid IS NOT NULL;
CREATE INDEX entries_by_content ON entries (content_id) WHERE content_id IS NOT NULL;

CREATE TABLE folders (
  entry_id INTEGER PRIMARY KEY,
  bytes INTEGER NOT NULL DEFAULT 0,
  files INTEGER NOT NULL DEFAULT 0,
  folders INTEGER NOT NULL DEFAULT 0,
  children INTEGER NOT NULL DEFAULT 0,
  own_bytes INTEGER NOT NULL DEFAULT 0,
  own_files INTEGER NOT NULL DEFAULT 0,
  own_folders INTEGER NOT NULL DEFAULT 0,
  signature INTEGER,
  stale INTEGER NOT NULL DEFAULT 1,
  unidentified INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX folders_stale ON folders (entry_id) WHERE stale = 1;
CREATE INDEX folders_unidentified ON folders (entry_id) WHERE unidentified = 1;

CREATE TABLE contents (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  kind INTEGER NOT NULL
);

CREATE TABLE full_hashes (
  entry_id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL
);

CREATE TABLE renamed_entries (
  id INTEGER PRIMARY KEY
);
`;
