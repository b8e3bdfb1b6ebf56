import type { LoggedTable } from '../write.ts';
import { COLLECTION_ITEMS } from './collection-items.ts';
import { COLLECTIONS } from './collections.ts';
import { METADATA } from './metadata.ts';
import { SPACES, SPACE_GROUPS, SPACE_ITEMS } from './spaces.ts';
import { TAG_APPLICATIONS } from './tag-applications.ts';
import { TAG_LINKS } from './tag-links.ts';
import { TAGS } from './tags.ts';
import type { RowChange, UserTable } from './user-rows.ts';

/** All tables whose changes can be undone. */
const USER_TABLES: readonly UserTable[] = [
  COLLECTIONS,
  COLLECTION_ITEMS,
  METADATA,
  SPACES,
  SPACE_GROUPS,
  SPACE_ITEMS,
  TAGS,
  TAG_APPLICATIONS,
  TAG_LINKS,
];
const BY_NAME = new Map<LoggedTable, UserTable>(USER_TABLES.map((table) => [table.name, table]));

export function userTable(name: LoggedTable): UserTable {
  const table = BY_NAME.get(name);
  if (!table) throw new Error(`${name} is not among the tables of what people say`);
  return table;
}

/** The row's place in its table, as text that two rows never share. */
export function keyOfChange({ table, before, after }: RowChange): string {
  const row = after ?? before ?? {};
  return JSON.stringify([table, ...userTable(table).key.map((column) => plain(row[column]))]);
}

function plain(value: unknown): unknown {
  return value instanceof Uint8Array ? [...value] : typeof value === 'bigint' ? String(value) : value;
}
