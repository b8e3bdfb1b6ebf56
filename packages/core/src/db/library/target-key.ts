import { dashed, toHex, uuidToText } from '../../domain/ids.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';
import type { UserRow } from './user-rows.ts';

/** What people say something of: `scope` 0 is an entry (`entries.id`), 1 a content (`contents.id`). */
export const ENTRY_SCOPE = 0;
export const CONTENT_SCOPE = 1;

/**
 * What a target is known by on every device: the entry's UUID, or the hash of the content. An entry must have been given
 * its UUID by `giveUuids`; one that has gone for good is known by its id alone, which nothing else will have.
 */
export function targetKey(db: ReadConnection, scope: number, id: number): string {
  const known = prepared.get(db)?.[scope]?.get(id);
  if (known !== undefined) return known;
  const column = scope === ENTRY_SCOPE ? 'uuid' : 'hash';
  const table = scope === ENTRY_SCOPE ? 'entries' : 'contents';
  const row = db.prepare<{ value: Uint8Array | null }>(`SELECT ${column} AS value FROM ${table} WHERE id = ?`).get(id);
  if (!row?.value) return `${table} ${id}`;
  return scope === ENTRY_SCOPE ? uuidToText(row.value) : toHex(row.value);
}

/** Keys by scope and id, by the transaction that looked them up: they do not change while it lasts. */
const prepared = new WeakMap<ReadConnection, [entries: Map<number, string>, contents: Map<number, string>]>();

/** Looks up the keys of the targets of many rows at once, see `UserTable.prepareKeys`. */
export function prepareTargetKeys(tx: WriteTransaction, rows: readonly UserRow[]): void {
  if (rows.length < WORTHWHILE) return;
  const known = prepared.get(tx) ?? [new Map(), new Map()];
  prepared.set(tx, known);
  for (const scope of [ENTRY_SCOPE, CONTENT_SCOPE] as const) {
    const ids = rows.filter((row) => row['scope'] === scope).map((row) => row['target_id']);
    const [column, table] = scope === ENTRY_SCOPE ? ['uuid', 'entries'] : ['hash', 'contents'];
    const found = tx
      .prepare<{ ids: string; keys: string }>(
        `SELECT json_group_array(t.id) AS ids, json_group_array(lower(hex(t.${column}))) AS keys
         FROM json_each(?) l CROSS JOIN ${table} t ON t.id = l.value WHERE t.${column} IS NOT NULL`,
      )
      .get(JSON.stringify(ids));
    const keys = JSON.parse(found?.keys ?? '[]') as string[];
    for (const [at, id] of (JSON.parse(found?.ids ?? '[]') as number[]).entries()) {
      const key = keys[at] ?? '';
      known[scope].set(id, scope === ENTRY_SCOPE ? dashed(key) : key);
    }
  }
}
/** Fewer are looked up one by one as quickly. */
const WORTHWHILE = 50;

/**
 * Gives entries that have none a UUID: files get theirs with their content, and one whose content is not known yet needs
 * it as soon as somebody says something of it. `ids` are entry ids; those that have one, or are gone, stay as they are.
 */
export function giveUuids(tx: WriteTransaction, ids: readonly number[], newUuid: () => Uint8Array): void {
  const without = tx
    .prepare<{ id: number }>(
      'SELECT e.id FROM json_each(?) wanted CROSS JOIN entries e ON e.id = wanted.value WHERE e.uuid IS NULL',
    )
    .all(JSON.stringify(ids));
  for (const { id } of without)
    tx.run('UPDATE entries SET uuid = ?, revision = ? WHERE id = ?', newUuid(), tx.revision, id);
}
