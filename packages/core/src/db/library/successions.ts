import { filledUp } from '../../domain/metadata.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';
import { contentById } from './contents.ts';
import { METADATA, metadataRow, rowOfSaid, saidOfRow } from './metadata.ts';
import { TAG_APPLICATIONS, applicationsTo } from './tag-applications.ts';
import { CONTENT_SCOPE } from './target-key.ts';
import { putUserRow } from './user-rows.ts';

const SAID = (content: string): string =>
  `(EXISTS (SELECT 1 FROM metadata m WHERE m.scope = 1 AND m.target_id = ${content})
    OR EXISTS (SELECT 1 FROM tag_applications a WHERE a.scope = 1 AND a.target_id = ${content}))`;

/**
 * A file is about to lose the content it is known to have, because it was edited: what was said of that content keeps
 * holding for the file. `condition` on `entries e` says whether it is to lose it.
 */
export function noteSuccession(
  tx: WriteTransaction,
  entry: number,
  condition = '1',
  values: readonly (number | string)[] = [],
): void {
  tx.run(
    `INSERT OR REPLACE INTO successions (entry_id, content_id)
       SELECT e.id, e.content_id FROM entries e WHERE e.id = ? AND e.content_id IS NOT NULL AND ${condition} AND ${SAID('e.content_id')}`,
    entry,
    ...values,
  );
}

/** Whether any file waits for its new content to be known. */
export function anySuccessions(db: ReadConnection): boolean {
  return db.prepare('SELECT 1 FROM successions LIMIT 1').get() !== undefined;
}

/**
 * The content of an edited file is known: what was said of the one before is said of it too, and the note is dropped.
 * Not where another file has that content already: then this one was not edited but replaced by a copy, and what was
 * said of it would come upon that other file. Nobody says anything of the content of empty files: programs that save
 * empty a file first.
 */
export function succeed(tx: WriteTransaction, entry: number, content: number): void {
  const before = tx
    .prepare<{ content_id: number }>('SELECT content_id FROM successions WHERE entry_id = ?')
    .get(entry)?.content_id;
  if (before === undefined || contentById(tx, content)?.size === 0) return;
  tx.run('DELETE FROM successions WHERE entry_id = ?', entry);
  if (before === content || hasOthers(tx, entry, content)) return;
  const old = metadataRow(tx, CONTENT_SCOPE, before);
  const known = metadataRow(tx, CONTENT_SCOPE, content);
  if (old) {
    const said = filledUp(saidOfRow(known), saidOfRow(old));
    putUserRow(tx, METADATA, rowOfSaid(CONTENT_SCOPE, content, said, old.changed_at));
  }
  const has = new Set(applicationsTo(tx, CONTENT_SCOPE, content).map(({ tag_id }) => tag_id));
  for (const row of applicationsTo(tx, CONTENT_SCOPE, before))
    if (!has.has(row.tag_id)) putUserRow(tx, TAG_APPLICATIONS, { ...row, target_id: content });
}

function hasOthers(db: ReadConnection, entry: number, content: number): boolean {
  return db.prepare('SELECT 1 FROM entries WHERE content_id = ? AND id <> ? LIMIT 1').get(content, entry) !== undefined;
}
