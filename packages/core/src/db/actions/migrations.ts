import type { Migration } from '../migrate.ts';

const FIRST = `
CREATE TABLE plans (
  id TEXT PRIMARY KEY,
  operation TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('making', 'shown', 'committed', 'ended')),
  request BLOB NOT NULL,
  totals BLOB NOT NULL,
  decisions BLOB,
  undoes TEXT,
  receipt TEXT,
  client TEXT,
  job TEXT,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX plans_by_state ON plans (state, made_at);

CREATE TABLE steps (
  plan TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  parent INTEGER,
  name,
  target,
  type INTEGER NOT NULL,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  device INTEGER NOT NULL,
  entry_id INTEGER,
  there BLOB,
  times BLOB,
  trashed TEXT,
  kept,
  hash BLOB,
  conflict INTEGER NOT NULL DEFAULT 0,
  state INTEGER NOT NULL DEFAULT 0,
  temporary INTEGER,
  outcome BLOB,
  PRIMARY KEY (plan, seq)
) WITHOUT ROWID;
CREATE INDEX steps_conflicts ON steps (plan, seq) WHERE conflict > 0;
CREATE INDEX steps_by_state ON steps (plan, state, seq) WHERE state > 1;
`;

/**
 * What makes `actions.db`, in order: the plans of file actions and how each step of them went. See `domain/step.ts`
 * for what the columns of `steps` mean. Blobs are MessagePack.
 */
export const ACTIONS_MIGRATIONS: readonly Migration[] = [
  { format: 1, what: 'the first format', up: (connection) => connection.exec(FIRST) },
];
