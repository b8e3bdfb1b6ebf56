/**
 * What can be undone, this device's own. `receipt` is the action's in `audit`. `inverse_kind` 'rows': `inverse` holds
 * the rows before and after, as MessagePack; 'plan': the steps are in actions.db, under the plan `inverse` names (its
 * UUID as text). `state` 'running' while its job is, 'done', 'undone', 'partial' where some of it was undone.
 * `undoes` is the receipt of the action that this one undid; `undone_by` the other way round.
 *
 * `audit` grows: the device and the extension an action came from, its job, and what was seen when it was verified.
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
  inverse BLOB,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undone', 'partial')),
  undoes TEXT,
  undone_by TEXT
) STRICT;
CREATE INDEX history_by_state ON history (state, id);

ALTER TABLE audit ADD COLUMN device_id BLOB;
ALTER TABLE audit ADD COLUMN extension TEXT;
ALTER TABLE audit ADD COLUMN job TEXT;
ALTER TABLE audit ADD COLUMN verification TEXT;
CREATE INDEX audit_by_operation ON audit (operation, at);
`;
