/**
 * What was derived from contents; anyone may derive it, so it syncs as a log. A row of `sidecars` per content and kind:
 * `maker` is the version of the code that made it, `state` 'made', 'none' (there is nothing of the kind in it) or
 * 'failed' with why in `reason`; `size` in bytes of the file beside the database, 0 where there is none. A row of
 * `media` per content with facts: the columns are what searches filter by, `facts` is all of it as JSON
 * (`domain/media.ts`). `taken_at` is milliseconds since the epoch, read as UTC where the camera gave no zone; lengths in
 * pixels, `duration_ms` in milliseconds, `latitude` and `longitude` in degrees. `sidecar_passes` is this device's own
 * note: up to which revision the contents of a location were looked at, by which makers; it is not synced.
 */
export const SIDECAR_TABLES = `
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
) STRICT;
CREATE TABLE sidecar_passes (
  location BLOB PRIMARY KEY,
  revision INTEGER NOT NULL,
  makers TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_by_time ON media (taken_at) WHERE taken_at IS NOT NULL;
CREATE INDEX media_by_place ON media (latitude, longitude) WHERE latitude IS NOT NULL;
`;
