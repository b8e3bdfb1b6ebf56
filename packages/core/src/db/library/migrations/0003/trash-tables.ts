/**
 * `trashed`: what actions of this device put into the trash and can bring back: where it was, where it lies now (`place`,
 * and `note` where the trash keeps one beside it), as native paths. `entry_id` where the index had it.
 *
 * `kept`: entries that lie where no index has them – in the trash, or moved out of all locations – and come back as who
 * they are. Their rows are in `kept_entries`, and in none of the tables that listings, searches and sums read; their
 * ids stay, and with them what people said of them. `path` is where it lies now, `folder_inode` the inode of the folder
 * there, which tells its disk from another one mounted in its place. `going`: it is nowhere any more, and its rows are
 * to be swept. A row of `kept_entries` has the columns of `entries`, a folder's also those of `folders`.
 */
export const TRASH_TABLES = `
CREATE TABLE trashed (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  entry_id INTEGER,
  path NOT NULL,
  place NOT NULL,
  note,
  type INTEGER NOT NULL,
  size INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  device INTEGER NOT NULL,
  folder_inode INTEGER NOT NULL,
  trashed_at INTEGER NOT NULL,
  receipt TEXT
);
CREATE INDEX trashed_by_time ON trashed (trashed_at);
CREATE INDEX trashed_by_place ON trashed (place);
CREATE INDEX trashed_by_entry ON trashed (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX trashed_by_receipt ON trashed (receipt) WHERE receipt IS NOT NULL;

CREATE TABLE kept (
  entry_id INTEGER PRIMARY KEY,
  path NOT NULL,
  inode INTEGER NOT NULL,
  folder_inode INTEGER NOT NULL,
  kept_at INTEGER NOT NULL,
  going INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX kept_by_path ON kept (path);

CREATE TABLE kept_entries (
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
  content_id INTEGER,
  bytes INTEGER,
  files INTEGER,
  folders INTEGER,
  children INTEGER,
  own_bytes INTEGER,
  own_files INTEGER,
  own_folders INTEGER,
  signature INTEGER,
  stale INTEGER,
  unidentified INTEGER
);
CREATE INDEX kept_entries_by_parent ON kept_entries (parent_id, name) WHERE parent_id IS NOT NULL;
CREATE INDEX kept_entries_by_content ON kept_entries (content_id) WHERE content_id IS NOT NULL;
CREATE INDEX kept_entries_by_revision ON kept_entries (revision) WHERE type = 1;
`;
