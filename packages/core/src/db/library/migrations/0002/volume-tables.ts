/**
 * Volumes are owned by the device that saw them and sync as state. `fingerprint` survives remounting elsewhere
 * (`domain/volume.ts`); `tracked` is 1 where the user put the volume under the library's care; `facts` is what was last
 * seen of it, as JSON; `mount_path` is TEXT or exact bytes, NULL while it is not mounted; times in milliseconds since the
 * epoch. A location lies on the volume `volume_id`, at `volume_path` from its root (TEXT or exact
 * bytes); `volume_away` is 1 while it is not mounted there.
 * `attention` of a location is what waits for a word of the user, as JSON (`domain/location.ts`).
 * `changes_since` is what has changed since a scan that was asked for, as JSON (`domain/scan.ts`).
 */
export const VOLUME_TABLES = `
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

ALTER TABLE locations ADD COLUMN volume_id INTEGER;
ALTER TABLE locations ADD COLUMN volume_path;
ALTER TABLE locations ADD COLUMN volume_away INTEGER NOT NULL DEFAULT 0;
ALTER TABLE locations ADD COLUMN attention TEXT;
ALTER TABLE locations ADD COLUMN changes_since TEXT;
`;
