import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import fc from 'fast-check';
import { HLC_ZERO, compareHlc, hlcFromBytes } from '../domain/hlc.ts';
import { decodeLog } from './log-record.ts';
import type { Connection, ReadStatement } from '../ports/sqlite.ts';
import { dataFolder } from '../testing/library-fixture.ts';
import { auditByReceipt, recordOutcome } from './library/audit.ts';
import { changesSince } from '../testing/changes-since.ts';
import { setLibraryFacts } from './library/facts.ts';
import { migrations } from './library/migrations/index.ts';
import { tombstonesSince } from '../testing/tombstones-since.ts';
import { writeState } from './library/write-state.ts';
import { migrate } from './migrate.ts';
import { type WriteTransaction, writeTransaction } from './write.ts';

const DEVICE = new Uint8Array(16).fill(9);
const NOTE = { receipt: 'r1', operation: 'test.act', client: 'test', input: { a: 1 } };

function library(context: TestContext): Connection {
  const connection = nodeSqlite.open({
    path: `${dataFolder(context)}/library.db`,
    key: new Uint8Array(32).fill(1),
    mode: 'create',
  });
  migrate(connection, migrations);
  context.after(() => connection.close());
  return connection;
}
const at = (now: number): { deviceId: Uint8Array; now: () => number } => ({ deviceId: DEVICE, now: () => now });

test('data, revision, log and audit commit together', (context) => {
  const connection = library(context);
  writeTransaction(connection, at(1000), NOTE, (tx) => {
    setLibraryFacts(tx, { name: 'Photos', created_at: 5 });
    tx.tombstone('entries', 7, { subtree: true });
    tx.target('Photos');
  });
  assert.equal(writeState(connection).revision, 1);
  const [record, ...more] = changesSince(connection, 0, 10);
  assert.equal(more.length, 0, 'one record per transaction and table');
  assert.deepEqual(decodeLog(record?.changes ?? new Uint8Array()), [
    ['name', { value: 'Photos' }],
    ['created_at', { value: 5 }],
  ]);
  assert.deepEqual({ ...hlcFromBytes(record?.hlc ?? new Uint8Array(8)) }, { ms: 1000, counter: 0 });
  assert.deepEqual(tombstonesSince(connection, 0, 10), [
    { table_name: 'entries', row_id: 7, uuid: null, revision: 1, subtree: 1 },
  ]);
  assert.deepEqual(tombstonesSince(connection, 1, 10), []);
  const audit = auditByReceipt(connection, 'r1');
  assert.deepEqual(
    [audit?.operation, audit?.input, audit?.targets, audit?.outcome, audit?.revision],
    ['test.act', '{"a":1}', '["Photos"]', 'done', 1],
  );
});

test('what fails leaves nothing behind, and the connection is good for the next write', (context) => {
  const connection = library(context);
  const failing = (): void =>
    writeTransaction(connection, at(1000), NOTE, (tx) => {
      setLibraryFacts(tx, { name: 'Photos' });
      throw new Error('on purpose');
    });
  assert.throws(failing, /on purpose/);
  assert.deepEqual({ ...writeState(connection), hlc: null }, { revision: 0, hlc: null, next_entry_id: 1 });
  assert.deepEqual(changesSince(connection, 0, 10), []);
  assert.equal(auditByReceipt(connection, 'r1'), undefined);
  writeTransaction(connection, at(1000), undefined, (tx) => setLibraryFacts(tx, { name: 'Music' }));
  assert.equal(writeState(connection).revision, 1);
});

test('the handle of a write is dead once it has ended, however it ended', (context) => {
  const connection = library(context);
  let kept: WriteTransaction | undefined;
  let statement: ReadStatement<unknown> | undefined;
  const keep = (tx: WriteTransaction): void => {
    kept = tx;
    statement = tx.prepare('SELECT * FROM library');
    assert.equal('run' in statement, false, 'a prepared statement of a write cannot go around it');
  };
  const useAfter = (): void => {
    assert.throws(() => kept?.run("INSERT INTO library VALUES ('a', 1)"), /has ended/);
    assert.throws(() => kept?.prepare('SELECT 1'), /has ended/);
    assert.throws(() => kept?.tombstone('entries', 1), /has ended/);
    assert.throws(() => statement?.all(), /has ended/);
  };
  writeTransaction(connection, at(1), undefined, keep);
  useAfter();
  assert.throws(
    () => writeTransaction(connection, at(1), undefined, (tx) => (keep(tx), assert.fail('on purpose'))),
    /on purpose/,
  );
  useAfter();
  assert.equal(connection.prepare<{ n: number }>('SELECT count(*) AS n FROM library').get()?.n, 0);
});

test('work that would go on after the commit is refused', (context) => {
  const connection = library(context);
  assert.throws(
    () => writeTransaction(connection, at(1), undefined, async (tx) => setLibraryFacts(tx, { name: 'x' })),
    /synchronous/,
  );
  assert.equal(writeState(connection).revision, 0);
});

test('several writes of one action share an audit record, and its outcome is the last word', (context) => {
  const connection = library(context);
  for (const name of ['one', 'two']) {
    writeTransaction(connection, at(1), NOTE, (tx) => {
      setLibraryFacts(tx, { name });
      tx.target(name);
    });
  }
  const stamp = { deviceId: DEVICE, at: 3 };
  recordOutcome(connection, NOTE, stamp, { outcome: 'failed', error: { code: 'DISK_FULL', message: 'no room' } });
  const audit = auditByReceipt(connection, 'r1');
  assert.deepEqual(
    [audit?.targets, audit?.revision, audit?.outcome, audit?.error],
    ['["one","two"]', 2, 'failed', 'DISK_FULL: no room'],
  );
  recordOutcome(connection, { ...NOTE, receipt: 'r2' }, stamp, { outcome: 'done' });
  assert.deepEqual(
    [auditByReceipt(connection, 'r2')?.outcome, auditByReceipt(connection, 'r2')?.revision],
    ['done', null],
  );
});

test('whatever the wall clock does, revisions and the clock of the log only rise', (context) => {
  const connection = library(context);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 47 }), { minLength: 1, maxLength: 20 }), (times) => {
      const start = writeState(connection).revision;
      for (const now of times)
        writeTransaction(connection, at(now), undefined, (tx) => setLibraryFacts(tx, { name: String(now) }));
      const records = changesSince(connection, start, 100);
      assert.equal(records.length, times.length);
      let last = HLC_ZERO;
      for (const [place, record] of records.entries()) {
        const stamp = hlcFromBytes(record.hlc);
        assert.ok(compareHlc(last, stamp) < 0);
        assert.equal(record.revision, start + place + 1);
        last = stamp;
      }
      assert.deepEqual(hlcFromBytes(writeState(connection).hlc), last);
    }),
    { numRuns: 30 },
  );
});
