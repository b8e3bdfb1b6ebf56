/**
 * What can be undone, this device's own. `receipt` is the action's in `audit`. `inverse_kind` 'rows': `changes` holds the
 * rows before and after, see `row-changes.ts`; 'plan': the steps are in actions.db, under the UUID in `plan`. `items` is
 * how many rows changed. `state` is 'running' while its job is, 'done', 'undone', 'partial' where some of it was undone.
 * `undoes` is the receipt of the action that this one undid, `undone_by` the other way round; a redo undoes an undo.
 *
 * `audit` grows. `outcome` is 'done', 'started' (its job has not ended), 'partial', 'failed', 'cancelled', 'refused' or
 * 'interrupted' (we ended before it did). Beside the client, who: `device_id`, `extension`. `job` is the job that carries
 * it out, `counts` (JSON) what that came to. `output` (JSON) is what was answered, `verification` (JSON) what was seen
 * when somebody looked again, at `verified_at`.
 */
export const HISTORY_TABLES = `
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  receipt TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  operation TEXT NOT NULL,
  client TEXT NOT NULL,
  summary TEXT NOT NULL,
  inverse_kind TEXT NOT NULL CHECK (inverse_kind IN ('rows', 'plan')),
  changes BLOB,
  plan TEXT,
  items INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undone', 'partial')),
  undoes TEXT,
  undone_by TEXT
) STRICT;
CREATE INDEX history_by_state ON history (state, id);
CREATE INDEX history_by_plan ON history (plan) WHERE plan IS NOT NULL;

ALTER TABLE audit ADD COLUMN device_id BLOB;
ALTER TABLE audit ADD COLUMN extension TEXT;
ALTER TABLE audit ADD COLUMN job TEXT;
ALTER TABLE audit ADD COLUMN counts TEXT;
ALTER TABLE audit ADD COLUMN output TEXT;
ALTER TABLE audit ADD COLUMN verification TEXT;
ALTER TABLE audit ADD COLUMN verified_at INTEGER;
CREATE INDEX audit_by_operation ON audit (operation, at);
CREATE INDEX audit_by_job ON audit (job) WHERE job IS NOT NULL;
CREATE INDEX audit_by_outcome ON audit (outcome, at) WHERE outcome <> 'done';
`;
