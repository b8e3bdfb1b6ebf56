/** What searches and their counts go by, so that none of them reads the facts of every content. */
export const SEARCH_INDEXES = `
CREATE INDEX media_by_camera ON media (camera) WHERE camera IS NOT NULL;
CREATE INDEX media_by_dimensions ON media (width, height) WHERE width IS NOT NULL;
CREATE INDEX media_by_duration ON media (duration_ms) WHERE duration_ms IS NOT NULL;
`;
