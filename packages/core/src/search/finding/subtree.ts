import type { ReadConnection } from '../../ports/sqlite.ts';
import type { Condition } from '../filtering/predicate.ts';
import { type Candidate, CANDIDATE_COLUMNS } from './candidates.ts';

const FOLDERS_PER_STATEMENT = 1000;

/** Ids of folders and of all folders below them. */
export function foldersBelow(db: ReadConnection, folders: readonly number[]): Set<number> {
  const rows = db
    .prepare<{ id: number }>(
      `WITH RECURSIVE below (id) AS (
         SELECT value FROM json_each(?) UNION SELECT e.id FROM below JOIN entries e INDEXED BY entries_folders ON e.parent_id = below.id AND e.type = 1
       ) SELECT id FROM below`,
    )
    .all(JSON.stringify(folders));
  return new Set(rows.map((row) => row.id));
}

/** How many entries lie below a folder, as its sums have it: out of date while its location is scanned. */
export function countBelow(db: ReadConnection, id: number): number {
  return (
    db.prepare<{ n: number }>('SELECT files + folders AS n FROM folders WHERE entry_id = ?').get(id)?.n ??
    Number.MAX_SAFE_INTEGER
  );
}

/** The children of folders one by one, in no order: a folder may have very many. */
export function* childrenOf(
  db: ReadConnection,
  folders: Iterable<number>,
  condition: Condition,
  check: () => void,
): Generator<Candidate> {
  const statement = db.prepare<Candidate>(
    `SELECT ${CANDIDATE_COLUMNS} FROM json_each(?) f CROSS JOIN entries e INDEXED BY entries_by_parent ON e.parent_id = f.value WHERE true${condition.sql}`,
  );
  for (const some of groups(folders)) {
    check();
    yield* statement.iterate(JSON.stringify(some), ...condition.values);
  }
}

function* groups(ids: Iterable<number>): Generator<number[]> {
  let group: number[] = [];
  for (const id of ids) {
    group.push(id);
    if (group.length < FOLDERS_PER_STATEMENT) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
