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

/** What waited for a fault to pass was `paused` with an error; now that is said of a queued job. */
const SECOND = `
ALTER TABLE jobs ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal'
  CHECK (priority IN ('user', 'normal', 'background'));
ALTER TABLE jobs ADD COLUMN after BLOB;
ALTER TABLE jobs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN next_try_at INTEGER;
ALTER TABLE jobs ADD COLUMN problems BLOB;
UPDATE jobs SET state = 'queued', attempts = 1 WHERE state = 'paused' AND error IS NOT NULL;
CREATE TABLE job_log (
  job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  at INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info', 'warn', 'error')),
  message TEXT NOT NULL,
  facts BLOB,
  PRIMARY KEY (job_id, line)
) STRICT, WITHOUT ROWID;
`;

/**
 * What makes `jobs.db`, in order. Blobs are MessagePack but for `uuid`; `after` is a list of UUIDs as text;
 * times are milliseconds since the epoch.
 */
export const JOBS_MIGRATIONS: readonly Migration[] = [
  { format: 1, what: 'the first format', up: (connection) => connection.exec(FIRST) },
  {
    format: 2,
    what: 'priorities, dependencies, attempts, problems and a log of each job',
    up: (connection) => connection.exec(SECOND),
  },
];
