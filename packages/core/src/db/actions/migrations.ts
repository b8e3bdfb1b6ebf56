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
  PRIMARY KEY (plan, seq)
) WITHOUT ROWID;
CREATE INDEX steps_conflicts ON steps (plan, seq) WHERE conflict > 0;

CREATE TABLE begun (
  plan TEXT PRIMARY KEY,
  steps BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (
  plan TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state INTEGER NOT NULL,
  outcome BLOB NOT NULL,
  PRIMARY KEY (plan, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcomes_not_done ON outcomes (plan, state, seq) WHERE state > 2;

CREATE TABLE stretches (
  id INTEGER PRIMARY KEY,
  route TEXT NOT NULL,
  steps INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  ms REAL NOT NULL CHECK (ms > 0)
) STRICT;
CREATE INDEX stretches_by_route ON stretches (route, id);
`;

/**
 * What makes `actions.db`, in order: the plans of file actions and how each step of them went. See `domain/step.ts`
 * for what the columns of `steps` mean. Blobs are MessagePack. Steps stay as they were planned: those that are about to
 * be done are in one blob per plan, and one row joins `outcomes` when a step comes to its end. To write in the middle of
 * `steps` twice for each costs four times as much. `stretches` outlives the plans: how long copies took, for the next.
 */
export const ACTIONS_MIGRATIONS: readonly Migration[] = [
  { format: 1, what: 'the first format', up: (connection) => connection.exec(FIRST) },
];
