import type { TagBadge } from '../../domain/tag.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { TAG_COLUMNS, type TagRow, tagBadge } from './tags.ts';

/** What people see at a glance of an entry in a list. */
export interface EntryMarks {
  favorite?: true;
  rating?: number;
  tags?: TagBadge[];
}

/** Entries, and beside each what it was said of: itself, its content, the content it had before it was edited. */
const AROUND = `WITH wanted AS (SELECT value AS id FROM json_each(?)),
  around (id, said_of, scope, target) AS (
    SELECT id, 0, 0, id FROM wanted
    UNION ALL SELECT w.id, 1, 1, e.content_id FROM wanted w CROSS JOIN entries e ON e.id = w.id WHERE e.content_id IS NOT NULL
    UNION ALL SELECT w.id, 2, 1, s.content_id FROM wanted w CROSS JOIN successions s ON s.entry_id = w.id)`;

/** The marks of those that have any. Two statements, however many entries. */
export function marksOf(db: ReadConnection, entries: readonly number[]): ReadonlyMap<number, EntryMarks> {
  const marks = new Map<number, EntryMarks>();
  const list = JSON.stringify(entries);
  const of = (id: number): EntryMarks => {
    const known = marks.get(id) ?? {};
    marks.set(id, known);
    return known;
  };
  if (isUsed(db, 'metadata')) addMetadata(db, list, of);
  if (isUsed(db, 'tag_applications')) addTags(db, list, of);
  return marks;
}

/** Views with the marks of their entries. */
export function withMarks<V extends { readonly id?: number | undefined }>(db: ReadConnection, views: V[]): V[] {
  const marks = marksOf(
    db,
    views.flatMap(({ id }) => id ?? []),
  );
  if (marks.size === 0) return views;
  return views.map((view) => ({ ...view, ...(view.id === undefined ? {} : marks.get(view.id)) }));
}

function isUsed(db: ReadConnection, table: 'metadata' | 'tag_applications'): boolean {
  return db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined;
}

function addMetadata(db: ReadConnection, list: string, of: (id: number) => EntryMarks): void {
  const rows = db
    .prepare<{ id: number; favorite: number | null; rating: number | null }>(
      `${AROUND} SELECT a.id, m.favorite, m.rating FROM around a CROSS JOIN metadata m ON m.scope = a.scope AND m.target_id = a.target
         WHERE m.favorite IS NOT NULL OR m.rating IS NOT NULL ORDER BY a.said_of`,
    )
    .all(list);
  // The nearest that says something decides; a mark that it denies is not overruled by one farther away.
  const decided = { favorite: new Set<number>(), rating: new Set<number>() };
  for (const { id, favorite, rating } of rows) {
    if (favorite !== null && !decided.favorite.has(id)) {
      decided.favorite.add(id);
      if (favorite === 1) of(id).favorite = true;
    }
    if (rating !== null && !decided.rating.has(id)) {
      decided.rating.add(id);
      if (rating > 0) of(id).rating = rating;
    }
  }
}

function addTags(db: ReadConnection, list: string, of: (id: number) => EntryMarks): void {
  const rows = db
    .prepare<{ entry: number; tag: number }>(
      `${AROUND} SELECT DISTINCT a.id AS entry, t.tag_id AS tag FROM around a
         CROSS JOIN tag_applications t ON t.scope = a.scope AND t.target_id = a.target`,
    )
    .all(list);
  const tags = db
    .prepare<TagRow>(
      `SELECT ${TAG_COLUMNS} FROM tags t WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.folded, t.namespace`,
    )
    .all(JSON.stringify([...new Set(rows.map(({ tag }) => tag))]));
  const order = new Map(tags.map((tag, at) => [tag.id, { at, badge: tagBadge(tag) }]));
  const byEntry = new Map<number, { at: number; badge: TagBadge }[]>();
  for (const { entry, tag } of rows) {
    const known = order.get(tag);
    if (known) byEntry.set(entry, [...(byEntry.get(entry) ?? []), known]);
  }
  for (const [entry, has] of byEntry) of(entry).tags = has.sort((a, b) => a.at - b.at).map(({ badge }) => badge);
}
