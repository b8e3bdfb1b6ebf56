-- Derived from the migrations; what it says of a library's database is held against them by a test.

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
, device_id BLOB, extension TEXT, job TEXT, counts TEXT, output TEXT, verification TEXT, verified_at INTEGER) STRICT, WITHOUT ROWID;

CREATE INDEX audit_by_job ON audit (job) WHERE job IS NOT NULL;

CREATE INDEX audit_by_operation ON audit (operation, at);

CREATE INDEX audit_by_outcome ON audit (outcome, at) WHERE outcome <> 'done';

CREATE INDEX audit_by_time ON audit (at);

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

CREATE TABLE collection_items (
  collection_id INTEGER NOT NULL,
  scope INTEGER NOT NULL CHECK (scope IN (0, 1)),
  target_id INTEGER NOT NULL,
  position TEXT NOT NULL,
  label TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (collection_id, scope, target_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX collection_items_by_target ON collection_items (scope, target_id);

CREATE INDEX collection_items_in_order ON collection_items (collection_id, position);

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

CREATE TABLE contents (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  kind INTEGER NOT NULL
);

CREATE TABLE devices (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  public_key BLOB NOT NULL,
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE displaced (
  entry_id INTEGER PRIMARY KEY,
  root_entry_id INTEGER NOT NULL
) STRICT;

CREATE INDEX displaced_by_root ON displaced (root_entry_id);

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

CREATE INDEX entries_by_content ON entries (content_id) WHERE content_id IS NOT NULL;

CREATE INDEX entries_by_parent ON entries (parent_id);

CREATE INDEX entries_by_revision ON entries (revision);

CREATE UNIQUE INDEX entries_by_uuid ON entries (uuid) WHERE uuid IS NOT NULL;

CREATE INDEX entries_folder_inodes ON entries (inode) WHERE type = 1;

CREATE INDEX entries_folders ON entries (parent_id, name) WHERE type = 1;

CREATE INDEX entries_hard_links ON entries (inode) WHERE links = 1;

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

CREATE TABLE full_hashes (
  entry_id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL
);

CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  receipt TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  operation TEXT NOT NULL,
  client TEXT NOT NULL,
  summary TEXT NOT NULL,
  inverse_kind TEXT NOT NULL CHECK (inverse_kind IN ('rows', 'plan')),
  changes BLOB,
  plan TEXT,
  items INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undone', 'partial')),
  undoes TEXT,
  undone_by TEXT
) STRICT;

CREATE INDEX history_by_plan ON history (plan) WHERE plan IS NOT NULL;

CREATE INDEX history_by_state ON history (state, id);

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

CREATE INDEX kept_entries_by_content ON kept_entries (content_id) WHERE content_id IS NOT NULL;

CREATE INDEX kept_entries_by_parent ON kept_entries (parent_id, name) WHERE parent_id IS NOT NULL;

CREATE INDEX kept_entries_by_revision ON kept_entries (revision) WHERE type = 1;

CREATE TABLE library (
  key TEXT PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

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
, volume_id INTEGER, volume_path, volume_away INTEGER NOT NULL DEFAULT 0, attention TEXT, changes_since TEXT);

CREATE TABLE media (
  content_id INTEGER PRIMARY KEY,
  format TEXT,
  width INTEGER,
  height INTEGER,
  taken_at INTEGER,
  camera TEXT,
  duration_ms INTEGER,
  latitude REAL,
  longitude REAL,
  pages INTEGER,
  thumbhash BLOB,
  facts TEXT NOT NULL
, taken_local INTEGER GENERATED ALWAYS AS (
  taken_at + coalesce(
    substr(facts ->> '$.taken_zone', 1, 3) * 3600000
      + (substr(facts ->> '$.taken_zone', 1, 1) || substr(facts ->> '$.taken_zone', 5, 2)) * 60000,
    0
  )
) VIRTUAL) STRICT;

CREATE INDEX media_by_camera ON media (camera) WHERE camera IS NOT NULL;

CREATE INDEX media_by_dimensions ON media (width, height) WHERE width IS NOT NULL;

CREATE INDEX media_by_duration ON media (duration_ms) WHERE duration_ms IS NOT NULL;

CREATE INDEX media_by_local_time ON media (taken_local) WHERE taken_local IS NOT NULL;

CREATE INDEX media_by_place ON media (latitude, longitude) WHERE latitude IS NOT NULL;

CREATE INDEX media_by_time ON media (taken_at) WHERE taken_at IS NOT NULL;

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

CREATE INDEX metadata_hidden ON metadata (scope, target_id) WHERE hidden = 1;

CREATE INDEX metadata_ratings ON metadata (rating, scope, target_id) WHERE rating > 0;

CREATE TABLE renamed_entries (
  id INTEGER PRIMARY KEY
);

CREATE TABLE sidecar_passes (
  location BLOB PRIMARY KEY,
  revision INTEGER NOT NULL,
  makers TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sidecars (
  content_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  maker INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('made', 'none', 'failed')),
  size INTEGER NOT NULL,
  reason TEXT,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (content_id, kind)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE spaces (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  color TEXT,
  icon TEXT,
  position TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE successions (
  entry_id INTEGER PRIMARY KEY,
  content_id INTEGER NOT NULL
) STRICT;

CREATE INDEX successions_by_content ON successions (content_id);

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

CREATE TABLE tag_links (
  tag_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('parent', 'related', 'synonym')),
  other_id INTEGER NOT NULL,
  PRIMARY KEY (tag_id, kind, other_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_links_back ON tag_links (other_id, kind, tag_id);

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

CREATE TABLE tombstones (
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  uuid BLOB,
  revision INTEGER NOT NULL,
  subtree INTEGER NOT NULL,
  PRIMARY KEY (table_name, row_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX tombstones_by_revision ON tombstones (revision);

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

CREATE INDEX trashed_by_entry ON trashed (entry_id) WHERE entry_id IS NOT NULL;

CREATE INDEX trashed_by_place ON trashed (place);

CREATE INDEX trashed_by_receipt ON trashed (receipt) WHERE receipt IS NOT NULL;

CREATE INDEX trashed_by_time ON trashed (trashed_at);

CREATE TABLE volumes (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  device_id BLOB NOT NULL,
  fingerprint TEXT NOT NULL,
  name TEXT NOT NULL,
  tracked INTEGER NOT NULL,
  facts TEXT NOT NULL,
  mount_path,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  revision INTEGER NOT NULL
);

CREATE UNIQUE INDEX volumes_by_fingerprint ON volumes (device_id, fingerprint);

CREATE TABLE write_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  hlc BLOB NOT NULL,
  next_entry_id INTEGER NOT NULL
) WITHOUT ROWID;
