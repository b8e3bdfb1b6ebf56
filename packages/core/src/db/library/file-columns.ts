import type { ReadConnection } from '../../ports/sqlite.ts';

/** Files whose content is known, column by column. */
export interface FileColumns {
  readonly ids: readonly number[];
  readonly parents: readonly number[];
  readonly contents: readonly number[];
  readonly sizes: readonly number[];
  readonly kinds: readonly number[];
  /** Of files that have more names than one; 0 for the others. */
  readonly inodes: readonly number[];
}

const ROWS_AT_ONCE = 20_000;
const COLUMNS = ['id', 'parent_id', 'content_id', 'size', 'kind', 'inode'] as const;

/**
 * All files of at least `minSize` bytes whose content is known, in the order of their ids, some thousands at a time. As
 * text of JSON, since a row by itself costs twice as much to hand over as all of its numbers.
 */
export function* fileColumns(db: ReadConnection, minSize: number): Generator<FileColumns> {
  const sql = `SELECT max(id) AS last, ${COLUMNS.map((column) => `json_group_array(${column}) AS ${column}`).join(', ')}
    FROM (SELECT id, parent_id, content_id, size, kind, CASE links WHEN 1 THEN inode ELSE 0 END AS inode
      FROM entries NOT INDEXED WHERE id > ? AND content_id IS NOT NULL AND size >= ? AND parent_id IS NOT NULL
      ORDER BY id LIMIT ${ROWS_AT_ONCE})`;
  const statement = db.prepare<Record<(typeof COLUMNS)[number], string> & { last: number | null }>(sql);
  for (let after = 0; ;) {
    const row = statement.get(after, minSize);
    if (!row || row.last === null) return;
    after = row.last;
    const column = (name: (typeof COLUMNS)[number]): number[] => JSON.parse(row[name]) as number[];
    yield {
      ids: column('id'),
      parents: column('parent_id'),
      contents: column('content_id'),
      sizes: column('size'),
      kinds: column('kind'),
      inodes: column('inode'),
    };
  }
}
