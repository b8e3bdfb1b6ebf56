/**
 * What the write path and the library itself need. `write_state` has one row; every write reads and raises it.
 * In `audit`, texts are JSON; `outcome` is 'done' or 'failed', with the error's code and message.
 */
export const CORE_TABLES = `
CREATE TABLE write_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  hlc BLOB NOT NULL,
  next_entry_id INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO write_state (one, revision, hlc, next_entry_id) VALUES (1, 0, zeroblob(8), 1);

CREATE TABLE library (
  key TEXT PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  public_key BLOB NOT NULL,
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE change_log (
  id INTEGER PRIMARY KEY,
  hlc BLOB NOT NULL,
  device_id BLOB NOT NULL,
  table_name TEXT NOT NULL,
  revision INTEGER NOT NULL,
  changes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX change_log_by_clock ON change_log (hlc, device_id);
CREATE INDEX change_log_by_revision ON change_log (revision);

CREATE TABLE tombstones (
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  uuid BLOB,
  revision INTEGER NOT NULL,
  subtree INTEGER NOT NULL,
  PRIMARY KEY (table_name, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_by_revision ON tombstones (revision);

CREATE TABLE audit (
  receipt TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  client TEXT NOT NULL,
  operation TEXT NOT NULL,
  input TEXT NOT NULL,
  targets TEXT NOT NULL,
  plan TEXT,
  outcome TEXT NOT NULL,
  error TEXT,
  revision INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_time ON audit (at);
`;
