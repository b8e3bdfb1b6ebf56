import { fold } from '../../domain/fold.ts';
import { uuidFromText, uuidToText } from '../../domain/ids.ts';
import type { TagBadge, TagKind, TagRef, TagView } from '../../domain/tag.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { UserTable } from './user-rows.ts';

/** A row of `tags`. */
export interface TagRow {
  readonly id: number;
  readonly uuid: Uint8Array;
  readonly name: string;
  /** '' is the one that all share. */
  readonly namespace: string;
  /** The name as it is compared. */
  readonly folded: string;
  /** JSON. */
  readonly aliases: string;
  readonly abbreviation: string | null;
  readonly color: string | null;
  readonly icon: string | null;
  readonly description: string | null;
  readonly kind: TagKind;
  readonly created_at: number;
}

const COLUMNS = [
  'id',
  'uuid',
  'name',
  'namespace',
  'folded',
  'aliases',
  'abbreviation',
  'color',
  'icon',
  'description',
  'kind',
  'created_at',
] as const;
export const TAG_COLUMNS = COLUMNS.map((column) => `t.${column}`).join(', ');

export const TAGS: UserTable = {
  name: 'tags',
  key: ['id'],
  columns: COLUMNS,
  logKey: (_db, { uuid }) => uuid as Uint8Array,
  logFields: (_db, { id: _id, uuid: _uuid, folded: _folded, ...fields }) => fields,
  describe: (_db, row) => `tag "${labelOf({ name: String(row['name']), namespace: String(row['namespace']) })}"`,
  objection(db, row, there) {
    const tag = Number(row['id']);
    if (there) {
      const twin = twinOf(db, String(row['name']), String(row['namespace']), tag);
      return twin && `there is a tag "${labelOf(twin)}" meanwhile`;
    }
    const needed = db
      .prepare<{ what: string }>(
        `SELECT 'files have it' AS what FROM tag_applications WHERE tag_id = ?
         UNION ALL SELECT 'it is linked to other tags' FROM tag_links WHERE tag_id = ?
         UNION ALL SELECT 'it is linked to other tags' FROM tag_links WHERE other_id = ? LIMIT 1`,
      )
      .get(tag, tag, tag);
    return needed && `${needed.what} meanwhile`;
  },
};

export function tagById(db: ReadConnection, id: number): TagRow | undefined {
  return db.prepare<TagRow>(`SELECT ${TAG_COLUMNS} FROM tags t WHERE t.id = ?`).get(id);
}

/** By its UUID in text. */
export function tagByUuid(db: ReadConnection, uuid: string): TagRow | undefined {
  return db.prepare<TagRow>(`SELECT ${TAG_COLUMNS} FROM tags t WHERE t.uuid = ?`).get(uuidFromText(uuid) ?? null);
}

/** All with that name, case and accents aside, whatever their namespace. */
export function tagsNamed(db: ReadConnection, name: string): TagRow[] {
  return db.prepare<TagRow>(`SELECT ${TAG_COLUMNS} FROM tags t WHERE t.folded = ? ORDER BY t.id`).all(fold(name));
}

/** The one with that name in that namespace. */
export function tagNamed(db: ReadConnection, name: string, namespace: string): TagRow | undefined {
  return tagsNamed(db, name).find((tag) => fold(tag.namespace) === fold(namespace));
}

/** Another tag than `id` with that name in that namespace. */
export function twinOf(db: ReadConnection, name: string, namespace: string, id: number): TagRow | undefined {
  return tagsNamed(db, name).find((tag) => tag.id !== id && fold(tag.namespace) === fold(namespace));
}

/** Those that have other names than their own. */
export function tagsWithOtherNames(db: ReadConnection): TagRow[] {
  return db
    .prepare<TagRow>(`SELECT ${TAG_COLUMNS} FROM tags t WHERE t.aliases <> '[]' OR t.abbreviation IS NOT NULL`)
    .all();
}

export function aliasesOf(tag: TagRow): string[] {
  return JSON.parse(tag.aliases) as string[];
}

/** With its namespace, where it has one of its own. */
export function labelOf({ name, namespace }: Pick<TagRow, 'name' | 'namespace'>): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

export function tagBadge({ uuid, name, color }: Pick<TagRow, 'uuid' | 'name' | 'color'>): TagBadge {
  return { id: uuidToText(uuid), name, ...(color === null ? {} : { color }) };
}

export function tagRef(tag: TagRow): TagRef {
  const { namespace, kind, icon } = tag;
  return { ...tagBadge(tag), namespace, kind, ...(icon === null ? {} : { icon }) };
}

export function tagView(tag: TagRow, applied: number): TagView {
  return {
    ...tagRef(tag),
    aliases: aliasesOf(tag),
    ...(tag.abbreviation === null ? {} : { abbreviation: tag.abbreviation }),
    ...(tag.description === null ? {} : { description: tag.description }),
    created_at: tag.created_at,
    applied,
  };
}
