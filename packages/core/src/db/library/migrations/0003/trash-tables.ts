/**
 * What actions of this device put into the trash and can bring back: where it was, where it lies now (`place`, and
 * `note` where the trash keeps one beside it), as native paths. An entry of the index that is in the trash keeps its
 * row, below an entry that is no location's root, so that its identity, its tags and its contents come back with it.
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
  trashed_at INTEGER NOT NULL,
  receipt TEXT
);
CREATE INDEX trashed_by_time ON trashed (trashed_at);
CREATE INDEX trashed_by_entry ON trashed (entry_id) WHERE entry_id IS NOT NULL;
`;
