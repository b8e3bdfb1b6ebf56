import type { ReadConnection } from '../ports/sqlite.ts';

interface Agreement {
  /** What agrees, in a word or two. */
  readonly name: string;
  /** Answers one row per problem, `problem` for people. */
  readonly sql: string;
}

/** Names are cut and enough of them is enough: a library with a million problems has one cause. */
const MOST_PROBLEMS = 20;

/** What must agree in a library, beyond what SQLite itself checks. */
const AGREEMENTS: readonly Agreement[] = [
  {
    name: 'revisions',
    sql: `SELECT 'the ' || t || ' go up to revision ' || r || ', the library to ' || (SELECT revision FROM write_state) AS problem FROM (
      SELECT 'entries' AS t, max(revision) AS r FROM entries UNION ALL SELECT 'locations', max(revision) FROM locations
      UNION ALL SELECT 'tombstones', max(revision) FROM tombstones UNION ALL SELECT 'change log', max(revision) FROM change_log
      UNION ALL SELECT 'audit', max(revision) FROM audit) WHERE r > (SELECT revision FROM write_state)`,
  },
  {
    name: 'clock',
    sql: `SELECT 'the change log is ahead of the clock' AS problem FROM write_state WHERE hlc < (SELECT max(hlc) FROM change_log)`,
  },
  {
    name: 'entry ids',
    sql: `SELECT 'entry ' || max(id) || ' has an id that would be given again' AS problem FROM entries HAVING max(id) >= (SELECT next_entry_id FROM write_state)`,
  },
  {
    name: 'parents',
    sql: `SELECT 'entry ' || e.id || ' lies in ' || e.parent_id || ', which is no folder' AS problem FROM entries e
      LEFT JOIN entries p ON p.id = e.parent_id WHERE e.parent_id IS NOT NULL AND (p.id IS NULL OR p.type <> 1)`,
  },
  {
    name: 'names',
    sql: `SELECT 'folder ' || parent_id || ' has one name ' || count(*) || ' times' AS problem FROM entries WHERE parent_id IS NOT NULL GROUP BY parent_id, name HAVING count(*) > 1`,
  },
  {
    name: 'locations',
    sql: `SELECT 'location ' || l.id || ' has no root entry' AS problem FROM locations l LEFT JOIN entries e ON e.id = l.root_entry_id WHERE e.id IS NULL OR e.parent_id IS NOT NULL`,
  },
  {
    name: 'folders',
    sql: `SELECT 'sums of ' || f.entry_id || ', which is no folder' AS problem FROM folders f LEFT JOIN entries e ON e.id = f.entry_id WHERE e.id IS NULL OR e.type <> 1`,
  },
  {
    name: 'contents',
    sql: `SELECT 'entry ' || e.id || ' has content ' || e.content_id || ', which is not there' AS problem FROM entries e
      LEFT JOIN contents c ON c.id = e.content_id WHERE e.content_id IS NOT NULL AND c.id IS NULL`,
  },
  {
    name: 'tags',
    sql: `SELECT 'something is said with tag ' || a.tag_id || ', which is not there' AS problem FROM (
        SELECT DISTINCT tag_id FROM tag_applications UNION SELECT tag_id FROM tag_links UNION SELECT other_id FROM tag_links) a
      LEFT JOIN tags t ON t.id = a.tag_id WHERE t.id IS NULL`,
  },
];

/** SQLite's own look at every page, index and constraint. Empty where all is well. */
export function integrity(db: ReadConnection): string[] {
  const found = db.prepare<{ integrity_check: string }>(`PRAGMA integrity_check(${MOST_PROBLEMS})`).all();
  return found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
}

/** Whether what must agree does. */
export function checkLibraryDatabase(db: ReadConnection, library: string): { checked: string[]; problems: string[] } {
  const problems: string[] = [];
  const id = db.prepare<{ value: string }>("SELECT value FROM library WHERE key = 'id'").get()?.value;
  if (id !== library) problems.push(`the database is of library ${id}, its folder of ${library}`);
  for (const { sql } of AGREEMENTS) {
    for (const { problem } of db.prepare<{ problem: string }>(`${sql} LIMIT ${MOST_PROBLEMS}`).all())
      problems.push(problem);
  }
  return { checked: ['identity', ...AGREEMENTS.map(({ name }) => name)], problems };
}
