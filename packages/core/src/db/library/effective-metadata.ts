import { type MetadataView, effectiveMetadata } from '../../domain/metadata.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { metadataRow, saidOfRow } from './metadata.ts';
import { CONTENT_SCOPE, ENTRY_SCOPE } from './target-key.ts';

/** What holds for an entry. */
export function metadataOfEntry(db: ReadConnection, entry: number): MetadataView {
  const contents = db
    .prepare<{ content: number | null; before: number | null }>(
      'SELECT content_id AS content, (SELECT content_id FROM successions WHERE entry_id = e.id) AS before FROM entries e WHERE id = ?',
    )
    .get(entry);
  const ofContent = (id: number | null | undefined) =>
    id == null ? {} : saidOfRow(metadataRow(db, CONTENT_SCOPE, id));
  return effectiveMetadata({
    entry: saidOfRow(metadataRow(db, ENTRY_SCOPE, entry)),
    content: ofContent(contents?.content),
    previous_content: ofContent(contents?.before),
  });
}

/** What was said of a content alone. */
export function metadataOfContent(db: ReadConnection, content: number): MetadataView {
  return effectiveMetadata({ content: saidOfRow(metadataRow(db, CONTENT_SCOPE, content)) });
}
