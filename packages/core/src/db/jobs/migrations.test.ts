import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { formatOf, migrate } from '../migrate.ts';
import { temporaryFolder } from '../../testing/open-test-core.ts';
import { JobsTable } from './jobs.ts';
import { JOBS_MIGRATIONS } from './migrations.ts';

/** A file as the first format left it: a job in each state that means something else now, or must mean the same. */
function firstFormat(context: TestContext): string {
  const path = `${temporaryFolder(context)}/jobs.db`;
  const db = nodeSqlite.open({ path, mode: 'create' });
  migrate(db, JOBS_MIGRATIONS.slice(0, 1));
  const insert = db.prepare(
    `INSERT INTO jobs (uuid, kind, version, subject, input, state, checkpoint, progress, error, created_at, ended_at)
     VALUES (?, 'test.count', 3, 'a', x'80', ?, x'01', x'80', ?, 7, ?)`,
  );
  insert.run(id(1), 'paused', null, null);
  insert.run(id(2), 'paused', new Uint8Array([0x80]), null);
  insert.run(id(3), 'running', null, null);
  insert.run(id(4), 'failed', new Uint8Array([0x80]), 9);
  db.close();
  return path;
}
const id = (byte: number): Uint8Array => new Uint8Array(16).fill(byte);

/** Bytes as numbers: the database gives out a kind of its own. */
function plain(row: object | undefined): object {
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [name, value instanceof Uint8Array ? [...value] : value]),
  );
}

test('jobs of the first format are there in the second, with what they had and nothing made up', (context) => {
  const db = nodeSqlite.open({ path: firstFormat(context), mode: 'write' });
  assert.equal(formatOf(db), 1);
  assert.deepEqual(migrate(db, JOBS_MIGRATIONS), { from: 1, to: 2 });
  const table = new JobsTable(db);
  assert.deepEqual(
    [1, 2, 3, 4].map((byte) => table.find(id(byte))?.state),
    // What waited for a fault to pass is queued now; what a person paused stays paused.
    ['paused', 'queued', 'running', 'failed'],
  );
  assert.deepEqual(plain(table.find(id(3))), {
    uuid: [...id(3)],
    kind: 'test.count',
    version: 3,
    subject: 'a',
    input: [0x80],
    priority: 'normal',
    state: 'running',
    stop: null,
    after: null,
    attempts: 0,
    next_try_at: null,
    checkpoint: [1],
    progress: [0x80],
    problems: null,
    result: null,
    error: null,
    created_at: 7,
    started_at: null,
    ended_at: null,
  });
  db.close();
});

test('a file brought up to date and a new one have the same tables', (context) => {
  const schemaOf = (path: string): unknown[] => {
    const db = nodeSqlite.open({ path, mode: 'create' });
    migrate(db, JOBS_MIGRATIONS);
    const schema = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
    db.close();
    return schema;
  };
  assert.deepEqual(schemaOf(firstFormat(context)), schemaOf(`${temporaryFolder(context)}/jobs.db`));
});
