import type { Condition } from '../filtering/predicate.ts';
import { type Candidate, CANDIDATE_COLUMNS } from '../finding/candidates.ts';
import type { SearchWorld } from '../finding/world.ts';

/** Rows between two looks whether the search was cancelled. */
const ROWS_PER_CHECK = 1024;
// The index of the texts may be behind the library: an id counts only while it means the same content.
const CONTENT = 'CROSS JOIN contents c ON c.id = t.content_id AND c.hash = t.hash';
const ENTRY = 'CROSS JOIN entries e INDEXED BY entries_by_content ON e.content_id = c.id';

/** Every entry whose content matches, in no order that matters. */
export function* inIndexOrder(world: SearchWorld, expression: string, condition: Condition): Generator<Candidate> {
  const statement = world.db.prepare<Candidate>(
    `SELECT ${CANDIDATE_COLUMNS} FROM texts.words w CROSS JOIN texts.texts t ON t.content_id = w.rowid ${CONTENT} ${ENTRY}
     WHERE w.words MATCH ?${condition.sql}`,
  );
  let seen = 0;
  world.check();
  for (const row of statement.iterate(expression, ...condition.values)) {
    if (++seen % ROWS_PER_CHECK === 0) world.check();
    yield row;
  }
}

/** Entries of one rank, by id: the lower the rank, the better the match. */
export interface Ranked {
  readonly rank: number;
  readonly rows: readonly Candidate[];
}

/** Entries whose content matches, best first (BM25). */
export function* byRank(world: SearchWorld, expression: string, condition: Condition): Generator<Ranked> {
  const contents = world.db.prepare<{ content: number; rank: number }>(
    'SELECT w.rowid AS content, w.rank AS rank FROM texts.words w WHERE w.words MATCH ? ORDER BY w.rank',
  );
  const entries = world.db.prepare<Candidate>(
    `SELECT ${CANDIDATE_COLUMNS} FROM texts.texts t ${CONTENT} ${ENTRY} WHERE t.content_id = ?${condition.sql}`,
  );
  let seen = 0;
  let group: { rank: number; rows: Candidate[] } | undefined;
  world.check();
  for (const { content, rank } of contents.iterate(expression)) {
    if (++seen % ROWS_PER_CHECK === 0) world.check();
    const rows = entries.all(content, ...condition.values);
    if (group?.rank === rank) {
      for (const row of rows) group.rows.push(row);
      continue;
    }
    if (group) yield inOrder(group);
    group = { rank, rows };
  }
  if (group) yield inOrder(group);
}

function inOrder({ rank, rows }: { rank: number; rows: Candidate[] }): Ranked {
  return { rank, rows: rows.sort((a, b) => a.id - b.id) };
}
