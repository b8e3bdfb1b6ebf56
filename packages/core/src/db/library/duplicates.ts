import type { ReadConnection, SqlValue } from '../../ports/sqlite.ts';

/** Which files may be duplicates of each other. What lies in no location (in the trash, say) never counts. */
export interface DuplicateScope {
  /** Bytes, both included. */
  readonly minSize: number;
  readonly maxSize?: number | undefined;
  /** Codes of kinds; all where it is absent. */
  readonly kinds?: readonly number[] | undefined;
  /** Without the dot, case aside; one of them must end the name. */
  readonly extensions?: readonly string[] | undefined;
  /** Ids of contents; all where it is absent. */
  readonly contents?: readonly number[] | undefined;
  /** Ids of folders: only what lies below one of them counts. */
  readonly below?: readonly number[] | undefined;
  /** Ids of entries that count as none, nor does what lies below the folders among them. */
  readonly without?: readonly number[] | undefined;
}

/**
 * Files of one content. Several names of one file on disk (hard links) are one file: removing a name frees nothing. A
 * content whose files turned out to differ by their full hashes is one group per hash, and one of what is not hashed.
 */
export interface DuplicateGroup {
  readonly content_id: number;
  /** The sampled hash. */
  readonly content_hash: Uint8Array;
  readonly size: number;
  /** The full hash they share, as far as it is known. */
  readonly full_hash: Uint8Array | null;
  /** 1 where the group is what has no full hash among files that differ. */
  readonly unhashed_only: number;
  /** Names. */
  readonly entries: number;
  /** Files on disk. */
  readonly files: number;
  /** Names whose full hash is known and still that of their size and mtime. */
  readonly hashed: number;
  /** What keeping one of them would free, in bytes. */
  readonly reclaimable: number;
}

export interface DuplicateTotals {
  readonly groups: number;
  readonly files: number;
  readonly reclaimable: number;
}

/** A full hash counts while size and mtime are those it was made of. */
const VALID_HASH = 'f.size = e.size AND f.mtime = e.mtime';
/** Two names of one file have the same inode; a file with one name only has nothing to compare. */
const FILE = 'CASE e.links WHEN 1 THEN e.inode ELSE -e.id END';

/** What belongs to the scope, as common tables and conditions on `e`. */
interface Within {
  readonly tables: string;
  readonly parameters: readonly SqlValue[];
  /** How many names each content has. */
  readonly counted: string;
  readonly known: string;
  readonly inside: string;
}

const WITHOUT = `without (id) AS MATERIALIZED (
    SELECT value FROM json_each(?) UNION SELECT e.id FROM without CROSS JOIN entries e ON e.parent_id = without.id AND e.type = 1),`;
/** Folders that lie in no location: entries are kept there while they are in the trash, or wait for the sweep. */
const BURIED = `buried (id) AS MATERIALIZED (
    SELECT e.id FROM entries e WHERE e.parent_id IS NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE root_entry_id = e.id)
    UNION SELECT e.id FROM buried CROSS JOIN entries e ON e.parent_id = buried.id AND e.type = 1),`;
const BELOW = `below (id) AS MATERIALIZED (
    SELECT value FROM json_each(?) UNION SELECT e.id FROM below CROSS JOIN entries e ON e.parent_id = below.id AND e.type = 1),`;
const WANTED = 'wanted (id) AS MATERIALIZED (SELECT value FROM json_each(?)),';
const NOT_WITHOUT = 'AND e.id NOT IN (SELECT id FROM without) AND e.parent_id NOT IN (SELECT id FROM without)';

function within(scope: DuplicateScope): Within {
  const { below, contents, extensions } = scope;
  const without = scope.without?.length ? scope.without : undefined;
  const known = contents ? 'e.content_id IN (SELECT id FROM wanted)' : 'e.content_id IS NOT NULL';
  // A few words: as conditions they are quicker than as rows of a table.
  const named = extensions ? `AND (${extensions.map(() => "e.name LIKE ? ESCAPE '\\'").join(' OR ')})` : '';
  const patterns = (extensions ?? []).map((extension) => `%.${extension.replace(/[\\%_]/g, '\\$&')}`);
  const located = below
    ? 'AND e.parent_id IN (SELECT id FROM below)'
    : 'AND e.parent_id IS NOT NULL AND e.parent_id NOT IN (SELECT id FROM buried)';
  const place = without ? `${located} ${NOT_WITHOUT}` : located;
  return {
    tables: [without ? WITHOUT : '', below ? BELOW : BURIED, contents ? WANTED : ''].join(' '),
    parameters: [
      ...(without ? [JSON.stringify(without)] : []),
      ...(below ? [JSON.stringify(below)] : []),
      ...(contents ? [JSON.stringify(contents)] : []),
      // Of the three tables that look at names.
      ...[...patterns, ...patterns, ...patterns],
    ],
    counted: below
      ? countedFrom(
          'below CROSS JOIN entries e ON e.parent_id = below.id',
          `${known} ${without ? NOT_WITHOUT : ''} ${named}`,
        )
      : extensions && !contents
        ? countedFrom('entries e NOT INDEXED', `${known} ${place} ${named}`)
        : extensions
          ? countedFrom('entries e', `${known} ${place} ${named}`)
          : countedByContent(known, without !== undefined),
    known,
    inside: `${place} ${named}`,
  };
}

function countedFrom(from: string, where: string): string {
  return `SELECT e.content_id, count(*) AS entries FROM ${from} WHERE ${where} GROUP BY e.content_id HAVING count(*) > 1`;
}

/** The index alone counts all there is; the few that do not count are taken off, for whose sake every row would be looked at. */
function countedByContent(known: string, isWithout: boolean): string {
  const off = isWithout
    ? `UNION SELECT e.id, e.content_id FROM without CROSS JOIN entries e ON e.id = without.id WHERE e.content_id IS NOT NULL
       UNION SELECT e.id, e.content_id FROM without CROSS JOIN entries e ON e.parent_id = without.id WHERE e.content_id IS NOT NULL`
    : '';
  return `SELECT content_id, entries - ifnull(gone, 0) AS entries
    FROM (${countedFrom('entries e', known)}) LEFT JOIN (
      SELECT content_id AS gone_id, count(*) AS gone FROM (
        SELECT e.id, e.content_id FROM buried CROSS JOIN entries e ON e.parent_id = buried.id WHERE e.content_id IS NOT NULL
        UNION SELECT e.id, e.content_id FROM entries e WHERE e.parent_id IS NULL AND e.content_id IS NOT NULL
        ${off})
      GROUP BY content_id) ON gone_id = content_id
    WHERE entries - ifnull(gone, 0) > 1`;
}

/**
 * The groups of a scope, as a common table `groups`. The unary plus (`few`) keeps SQLite on the quick way where all
 * contents are asked for: by content to count, but by the few rows that are hard links, and by the full hashes there
 * are, for the rest.
 */
function groupsOf(scope: DuplicateScope): { sql: string; parameters: SqlValue[] } {
  const { tables, parameters, counted, known, inside } = within(scope);
  const few = scope.contents ? '' : '+';
  const kinds = scope.kinds ? `AND c.kind IN (${scope.kinds.map(Number).join(', ')})` : '';
  const sql = `WITH RECURSIVE ${tables}
    counted AS (${counted}),
    linked AS (
      SELECT content_id, sum(names - 1) AS surplus
      FROM (SELECT +e.content_id AS content_id, e.inode, count(*) AS names FROM entries e WHERE e.links = 1 AND ${few}${known} ${inside} GROUP BY 1, 2 HAVING count(*) > 1)
      GROUP BY content_id),
    hashed AS (
      SELECT e.content_id, f.hash, count(*) AS entries, count(DISTINCT ${FILE}) AS files
      FROM ${scope.contents ? 'entries e CROSS JOIN full_hashes f' : 'full_hashes f CROSS JOIN entries e'} ON e.id = f.entry_id
      WHERE ${VALID_HASH} AND ${few}${known} ${inside}
      GROUP BY e.content_id, f.hash),
    verdicts AS (SELECT content_id, count(*) AS hashes, min(hash) AS hash, sum(entries) AS entries, sum(files) AS files FROM hashed GROUP BY content_id),
    contents_of AS (
      SELECT counted.content_id, c.hash AS content_hash, c.size, counted.entries, counted.entries - ifnull(linked.surplus, 0) AS files,
        verdicts.hashes, verdicts.hash, verdicts.entries AS hashed_entries, verdicts.files AS hashed_files
      FROM counted JOIN contents c ON c.id = counted.content_id
        LEFT JOIN linked ON linked.content_id = counted.content_id
        LEFT JOIN verdicts ON verdicts.content_id = counted.content_id
      WHERE c.size BETWEEN ? AND ? ${kinds}),
    parts AS (
      SELECT content_id, content_hash, size, hash AS full_hash, 0 AS unhashed_only, entries, files, ifnull(hashed_entries, 0) AS hashed
      FROM contents_of WHERE ifnull(hashes, 0) < 2
      UNION ALL
      SELECT o.content_id, o.content_hash, o.size, hashed.hash, 0, hashed.entries, hashed.files, hashed.entries
      FROM contents_of o JOIN hashed ON hashed.content_id = o.content_id WHERE o.hashes > 1
      UNION ALL
      SELECT content_id, content_hash, size, NULL, 1, entries - hashed_entries, files - hashed_files, 0 FROM contents_of WHERE hashes > 1),
    groups AS (SELECT *, size * (files - 1) AS reclaimable FROM parts WHERE files > 1)`;
  return { sql, parameters: [...parameters, scope.minSize, scope.maxSize ?? Number.MAX_SAFE_INTEGER] };
}

/** `true`: every file of the group has the same full hash. `false`: not (yet). */
const verifiedIs = (verified: boolean | undefined): string =>
  verified === undefined ? '' : `WHERE (hashed = entries) = ${verified ? 1 : 0}`;

export interface DuplicatePage {
  readonly totals: DuplicateTotals;
  readonly groups: DuplicateGroup[];
}

/** Where a page begins: after the group with these values. */
export type DuplicateCursor = readonly [reclaimable: number, contentId: number, part: string];

/** The groups, those that free most first. */
export function duplicateGroups(
  db: ReadConnection,
  scope: DuplicateScope,
  page: { verified?: boolean | undefined; after?: DuplicateCursor | undefined; limit: number },
): DuplicatePage {
  const { sql, parameters } = groupsOf(scope);
  const rows = db
    .prepare<DuplicateGroup & { all_groups: number; all_files: number; all_reclaimable: number }>(
      `${sql}, kept AS (SELECT * FROM groups ${verifiedIs(page.verified)}),
      totals AS (SELECT count(*) AS all_groups, ifnull(sum(files), 0) AS all_files, ifnull(sum(reclaimable), 0) AS all_reclaimable FROM kept)
      SELECT kept.*, totals.* FROM totals LEFT JOIN kept ON ${page.after ? "(-reclaimable, content_id, ifnull(hex(full_hash), '')) > (?, ?, ?)" : 'true'}
      ORDER BY reclaimable DESC, content_id, ifnull(hex(full_hash), '') LIMIT ?`,
    )
    .all(...parameters, ...(page.after ? [-page.after[0], page.after[1], page.after[2]] : []), page.limit);
  const first = rows[0];
  return {
    totals: { groups: first?.all_groups ?? 0, files: first?.all_files ?? 0, reclaimable: first?.all_reclaimable ?? 0 },
    groups: rows.filter((row) => row.content_id !== null),
  };
}

/** What the groups sum up to. */
export function duplicateTotals(db: ReadConnection, scope: DuplicateScope, verified?: boolean): DuplicateTotals {
  const { sql, parameters } = groupsOf(scope);
  const totals = db
    .prepare<DuplicateTotals>(
      `${sql} SELECT count(*) AS groups, ifnull(sum(files), 0) AS files, ifnull(sum(reclaimable), 0) AS reclaimable FROM groups ${verifiedIs(verified)}`,
    )
    .get(...parameters);
  return totals ?? { groups: 0, files: 0, reclaimable: 0 };
}

/** The contents that more than one file of the scope has, in the order of their ids, whatever their full hashes say. */
export function sharedContents(
  db: ReadConnection,
  scope: DuplicateScope,
): IterableIterator<{ content_id: number; size: number; files: number }> {
  const { sql, parameters } = groupsOf(scope);
  return db
    .prepare<{ content_id: number; size: number; files: number }>(
      `${sql} SELECT content_id, size, files FROM contents_of WHERE files > 1 ORDER BY content_id`,
    )
    .iterate(...parameters);
}
