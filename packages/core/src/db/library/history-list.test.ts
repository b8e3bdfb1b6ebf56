import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import type { Connection } from '../../ports/sqlite.ts';
import { dataFolder } from '../../testing/library-fixture.ts';
import { migrate } from '../migrate.ts';
import { type AuditNote, writeTransaction } from '../write.ts';
import { auditByReceipt, recordOutcome } from './audit.ts';
import { endPlanned, findHistory, recordHistory, recordPlanned } from './history.ts';
import { historyPage, lastToUndo, pruneHistory } from './history-list.ts';
import { migrations } from './migrations/index.ts';

const DAY = 24 * 3600_000;
const NOW = 400 * DAY;

function library(context: TestContext): Connection {
  const at = { path: `${dataFolder(context)}/library.db`, key: new Uint8Array(32).fill(1) };
  const connection = nodeSqlite.open({ ...at, mode: 'create' });
  migrate(connection, migrations);
  context.after(() => connection.close());
  return connection;
}
const note = (receipt: string): AuditNote => ({ receipt, operation: 'test.act', client: 'test', input: null });

function did(db: Connection, receipt: string, at: number, noteText = 'a'): void {
  const after = { scope: 1, target_id: at, note: noteText };
  const changes = [{ table: 'metadata', before: null, after }] as const;
  recordHistory(db, note(receipt), at, { changes, sentence: undefined, undone: undefined });
}
function planned(db: Connection, receipt: string, at: number): void {
  const action = { plan: `plan of ${receipt}`, receipt, operation: 'entries.move', client: 'test', summary: 'Move' };
  recordPlanned(db, { ...action, undoes: undefined }, at);
}
const kept = (db: Connection): string[] =>
  historyPage(db, {}, { before: undefined, limit: 2_000 }).map(({ receipt }) => receipt);

test('the history keeps the last thousand actions, for ninety days, and says which plans nobody needs any more', (context) => {
  const db = library(context);
  planned(db, 'old', NOW - 91 * DAY);
  endPlanned(db, 'old', { done: 3, left: 0 });
  planned(db, 'old, and still running', NOW - 91 * DAY);
  did(db, 'young', NOW - 89 * DAY);
  assert.deepEqual(pruneHistory(db, NOW), ['plan of old']);
  assert.deepEqual(kept(db), ['young', 'old, and still running']);
  for (let at = 0; at < 1_000; at++) did(db, `one of many ${at}`, NOW);
  assert.deepEqual(pruneHistory(db, NOW), []);
  assert.equal(kept(db).length, 1_001, 'what runs stays');
  assert.ok(!kept(db).includes('young'));
});

test('what takes too much room goes, the oldest first', (context) => {
  const db = library(context);
  const large = 'x'.repeat(20 * 2 ** 20);
  for (let at = 0; at < 5; at++) did(db, String(at), NOW, large);
  pruneHistory(db, NOW);
  assert.deepEqual(kept(db), ['4', '3', '2']);
});

test('what runs is the last to undo until its job has ended; an action that did nothing never is', (context) => {
  const db = library(context);
  did(db, 'rows', NOW);
  planned(db, 'files', NOW);
  assert.equal(lastToUndo(db)?.state, 'running');
  endPlanned(db, 'files', { done: 0, left: 2 });
  assert.equal(lastToUndo(db)?.receipt, 'rows');
});

test('what a job does once it is told to try again can be undone too', (context) => {
  const db = library(context);
  planned(db, 'files', NOW);
  endPlanned(db, 'files', { done: 0, left: 3 });
  assert.equal(lastToUndo(db), undefined);
  endPlanned(db, 'files', { done: 3, left: 0 });
  assert.deepEqual([lastToUndo(db)?.state, lastToUndo(db)?.items], ['done', 3]);
  planned(db, 'half', NOW);
  endPlanned(db, 'half', { done: 1, left: 1 });
  const undo = { plan: 'undo', receipt: 'undo', operation: 'history.undo', client: 'test', summary: 'Undo' };
  recordPlanned(db, { ...undo, undoes: 'half' }, NOW);
  endPlanned(db, 'undo', { done: 1, left: 0 });
  assert.equal(findHistory(db, 'half')?.state, 'undone');
  endPlanned(db, 'half', { done: 2, left: 0 });
  assert.equal(findHistory(db, 'half')?.state, 'partial', 'what came later is still there');
});

test('nobody fills the audit with what was refused', (context) => {
  const db = library(context);
  const deviceId = new Uint8Array(16);
  const error = { code: 'FORBIDDEN', message: 'no' };
  writeTransaction(db, { deviceId, now: () => 1 }, note('done'), () => {});
  db.exec('BEGIN');
  for (let at = 0; at < 10_050; at++)
    db.prepare(
      `INSERT INTO audit (receipt, at, client, operation, input, targets, outcome) VALUES (?, ?, '', '', '', '', 'refused')`,
    ).run(`refused ${at}`, at + 1);
  db.exec('COMMIT');
  recordOutcome(db, note('last'), { deviceId, at: NOW }, { outcome: 'refused', error });
  const { n } = db.prepare<{ n: number }>('SELECT count(*) AS n FROM audit').get() ?? { n: 0 };
  assert.equal(n, 10_001);
  assert.ok(auditByReceipt(db, 'done') && auditByReceipt(db, 'last'));
  assert.equal(auditByReceipt(db, 'refused 0'), undefined);
});
