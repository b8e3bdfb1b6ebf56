import type { TagRelation } from '../../domain/tag.ts';
import { uuidToText } from '../../domain/ids.ts';
import { SdError } from '../../errors.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { type TagRow, TAG_COLUMNS, labelOf, tagById } from './tags.ts';
import type { UserRow, UserTable } from './user-rows.ts';

/** Edges of the graph: `other_id` is a parent of `tag_id`, or the two are related or synonyms (the lower id first). */
export const TAG_LINKS: UserTable = {
  name: 'tag_links',
  key: ['tag_id', 'kind', 'other_id'],
  columns: ['tag_id', 'kind', 'other_id'],
  logKey: (db, { tag_id: tag, kind, other_id: other }) =>
    `${uuidOf(db, Number(tag))} ${String(kind)} ${uuidOf(db, Number(other))}`,
  logFields: () => ({}),
  describe: (db, row) => `the link between ${nameOf(db, row['tag_id'])} and ${nameOf(db, row['other_id'])}`,
  objection(db, { tag_id: tag, kind, other_id: other }, there) {
    if (!there) return undefined;
    if (!hasTag(db, Number(tag)) || !hasTag(db, Number(other))) return 'a tag it links has been deleted';
    if (kind === 'parent' && isAbove(db, Number(tag), Number(other))) return 'a tag would be above itself';
    return undefined;
  },
};

/** The tag that was asked for last, by the transaction that asked: ten thousand rows in a row are of the same one. */
const lastAsked = new WeakMap<ReadConnection, { readonly tag: number; readonly uuid: string }>();

/** A tag's UUID in text, as the log has it. Whoever deletes a tag takes first what hangs on it. */
export function uuidOf(db: ReadConnection, tag: number): string {
  const known = lastAsked.get(db);
  if (known?.tag === tag) return known.uuid;
  const row = tagById(db, tag);
  if (!row) throw new SdError('NOT_FOUND', 'the tag has been deleted');
  const uuid = uuidToText(row.uuid);
  lastAsked.set(db, { tag, uuid });
  return uuid;
}

export function hasTag(db: ReadConnection, tag: number): boolean {
  return db.prepare('SELECT 1 FROM tags WHERE id = ?').get(tag) !== undefined;
}

export function parentLink(tag: number, parent: number): UserRow {
  return { tag_id: tag, kind: 'parent', other_id: parent };
}
export function relationLink(one: number, kind: TagRelation, other: number): UserRow {
  return { tag_id: Math.min(one, other), kind, other_id: Math.max(one, other) };
}

/** Throws `CONFLICT` where the tag is above its parent-to-be. */
export function refuseCycle(db: ReadConnection, tag: number, parent: number): void {
  if (!isAbove(db, tag, parent)) return;
  const [name, above] = [nameOf(db, tag), nameOf(db, parent)];
  throw new SdError(
    'CONFLICT',
    tag === parent
      ? `${name} cannot be its own parent`
      : `${name} is above ${above} already: as its child it would be above itself`,
    tag === parent ? {} : { way_out: `sd tag info ${above} shows what is above it; sd tag unlink parts them` },
  );
}

/** Whether the first is the other or above it: as its child it would be above itself. */
export function isAbove(db: ReadConnection, tag: number, other: number): boolean {
  return tag === other || tagAncestors(db, other).includes(tag);
}
function nameOf(db: ReadConnection, tag: unknown): string {
  const row = tagById(db, Number(tag));
  return row ? `"${labelOf(row)}"` : 'a tag that was deleted';
}

/** The tag itself first, then all below it. */
export function tagWithDescendants(db: ReadConnection, tag: number): number[] {
  return closure(db, tag, 'tag_id', 'other_id');
}

/** All above it, the tag itself not among them. */
export function tagAncestors(db: ReadConnection, tag: number): number[] {
  return closure(db, tag, 'other_id', 'tag_id').filter((id) => id !== tag);
}

// UNION, so that it ends also where two devices made a cycle together.
function closure(db: ReadConnection, tag: number, next: string, from: string): number[] {
  return db
    .prepare<{ id: number }>(
      `WITH RECURSIVE reached (id) AS (
         VALUES (?) UNION SELECT l.${next} FROM reached JOIN tag_links l ON l.${from} = reached.id AND l.kind = 'parent')
       SELECT id FROM reached`,
    )
    .all(tag)
    .map(({ id }) => id);
}

export function parentsOf(db: ReadConnection, tag: number): TagRow[] {
  return linked(db, `l.other_id FROM tag_links l WHERE l.kind = 'parent' AND l.tag_id = ?`, tag);
}
export function childrenOfTag(db: ReadConnection, tag: number): TagRow[] {
  return linked(db, `l.tag_id FROM tag_links l WHERE l.kind = 'parent' AND l.other_id = ?`, tag);
}
export function relationsOf(db: ReadConnection, tag: number, kind: TagRelation): TagRow[] {
  return linked(
    db,
    `l.other_id FROM tag_links l WHERE l.kind = '${kind}' AND l.tag_id = ?
     UNION SELECT l.tag_id FROM tag_links l WHERE l.kind = '${kind}' AND l.other_id = ?`,
    tag,
    tag,
  );
}
function linked(db: ReadConnection, ids: string, ...values: number[]): TagRow[] {
  const sql = `SELECT ${TAG_COLUMNS} FROM tags t WHERE t.id IN (SELECT ${ids}) ORDER BY t.folded, t.namespace`;
  return db.prepare<TagRow>(sql).all(...values);
}

/** Every edge that a tag is at one end of. */
export function linksOf(db: ReadConnection, tag: number): { tag_id: number; kind: string; other_id: number }[] {
  return db
    .prepare<{ tag_id: number; kind: string; other_id: number }>(
      'SELECT tag_id, kind, other_id FROM tag_links WHERE tag_id = ? UNION SELECT tag_id, kind, other_id FROM tag_links WHERE other_id = ?',
    )
    .all(tag, tag);
}
