import type { Migration } from '../migrate.ts';

const FIRST = `
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  subject TEXT NOT NULL,
  input BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'completed', 'failed', 'cancelled')),
  stop TEXT CHECK (stop IN ('pause', 'cancel')),
  checkpoint BLOB,
  progress BLOB NOT NULL,
  result BLOB,
  error BLOB,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER
) STRICT;
CREATE INDEX jobs_ended ON jobs (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX jobs_not_ended ON jobs (id) WHERE ended_at IS NULL;
`;

/**
 * What makes `jobs.db`, in order. Blobs are MessagePack but for `uuid`;
 * times are milliseconds since the epoch.
 */
export const JOBS_MIGRATIONS: readonly Migration[] = [
  { format: 1, what: 'the first format', up: (connection) => connection.exec(FIRST) },
];
