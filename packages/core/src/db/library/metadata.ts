import type { Fields, Said } from '../../domain/metadata.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { prepareTargetKeys, targetKey } from './target-key.ts';
import { targetForPeople } from './target-name.ts';
import type { UserRow, UserTable } from './user-rows.ts';

/** A row of `metadata`: what was said of an entry (`scope` 0) or a content (1). `null`: nothing was said. */
export interface MetadataRow {
  readonly scope: number;
  readonly target_id: number;
  readonly favorite: number | null;
  readonly rating: number | null;
  readonly hidden: number | null;
  readonly note: string | null;
  /** JSON. */
  readonly fields: string | null;
  /** Milliseconds since the epoch. */
  readonly changed_at: number;
}

const COLUMNS = ['scope', 'target_id', 'favorite', 'rating', 'hidden', 'note', 'fields', 'changed_at'] as const;

export const METADATA: UserTable = {
  name: 'metadata',
  key: ['scope', 'target_id'],
  columns: COLUMNS,
  logKey: (db, { scope, target_id: target }) => targetKey(db, Number(scope), Number(target)),
  prepareKeys: prepareTargetKeys,
  logFields: (_db, { target_id: _target, ...fields }) => fields,
  describe: (db, { scope, target_id: target }) => targetForPeople(db, Number(scope), Number(target)),
};

export function metadataRow(db: ReadConnection, scope: number, target: number): MetadataRow | undefined {
  return db
    .prepare<MetadataRow>(`SELECT ${COLUMNS.join(', ')} FROM metadata WHERE scope = ? AND target_id = ?`)
    .get(scope, target);
}

export function saidOfRow(row: MetadataRow | undefined): Said {
  return {
    favorite: row?.favorite == null ? undefined : row.favorite === 1,
    rating: row?.rating ?? undefined,
    hidden: row?.hidden == null ? undefined : row.hidden === 1,
    note: row?.note ?? undefined,
    fields: row?.fields == null ? undefined : (JSON.parse(row.fields) as Fields),
  };
}

export function rowOfSaid(scope: number, target: number, said: Said, now: number): UserRow {
  const flag = (value: boolean | undefined): number | null => (value === undefined ? null : Number(value));
  return {
    scope,
    target_id: target,
    favorite: flag(said.favorite),
    rating: said.rating ?? null,
    hidden: flag(said.hidden),
    note: said.note ?? null,
    fields: said.fields ? JSON.stringify(said.fields) : null,
    changed_at: now,
  };
}
