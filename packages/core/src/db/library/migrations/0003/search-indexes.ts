/**
 * What searches and their counts go by, so that none of them reads the facts of every content. `taken_local` is what the
 * clock of the camera showed, read as UTC: the same as `taken_at` where it named no zone.
 */
export const SEARCH_INDEXES = `
ALTER TABLE media ADD COLUMN taken_local INTEGER GENERATED ALWAYS AS (
  taken_at + coalesce(
    substr(facts ->> '$.taken_zone', 1, 3) * 3600000
      + (substr(facts ->> '$.taken_zone', 1, 1) || substr(facts ->> '$.taken_zone', 5, 2)) * 60000,
    0
  )
) VIRTUAL;
CREATE INDEX media_by_local_time ON media (taken_local) WHERE taken_local IS NOT NULL;
CREATE INDEX media_by_camera ON media (camera) WHERE camera IS NOT NULL;
CREATE INDEX media_by_dimensions ON media (width, height) WHERE width IS NOT NULL;
CREATE INDEX media_by_duration ON media (duration_ms) WHERE duration_ms IS NOT NULL;
`;
