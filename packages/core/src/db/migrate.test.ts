import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { dataFolder } from '../testing/library-fixture.ts';
import { type Migration, formatOf, migrate } from './migrate.ts';

const step = (format: number, sql: string): Migration => ({
  format,
  what: sql,
  up: (connection) => connection.exec(sql),
});
const one = step(1, 'CREATE TABLE a (x); INSERT INTO a VALUES (1)');
const two = step(2, 'ALTER TABLE a ADD COLUMN y');
const three = step(3, 'UPDATE a SET y = 3');

test('missing steps run in order, once, and the format goes with them', (context) => {
  const connection = nodeSqlite.open({ path: `${dataFolder(context)}/a.db`, mode: 'create' });
  assert.deepEqual(migrate(connection, [one]), { from: 0, to: 1 });
  assert.deepEqual(migrate(connection, [one, two, three]), { from: 1, to: 3 });
  assert.deepEqual(migrate(connection, [one, two, three]), { from: 3, to: 3 });
  assert.deepEqual(connection.prepare('SELECT * FROM a').all(), [{ x: 1, y: 3 }]);
  connection.close();
});

test('a step that fails takes all of them back', (context) => {
  const connection = nodeSqlite.open({ path: `${dataFolder(context)}/a.db`, mode: 'create' });
  migrate(connection, [one]);
  assert.throws(() => migrate(connection, [one, two, step(3, 'UPDATE nothing SET x = 1')]));
  assert.equal(formatOf(connection), 1);
  assert.deepEqual(connection.prepare('SELECT * FROM a').all(), [{ x: 1 }]);
  assert.deepEqual(
    migrate(connection, [one, two, three]),
    { from: 1, to: 3 },
    'the connection is good for another try',
  );
  connection.close();
});

test('a newer format is refused', (context) => {
  const connection = nodeSqlite.open({ path: `${dataFolder(context)}/a.db`, mode: 'create' });
  migrate(connection, [one, two, three]);
  assert.throws(() => migrate(connection, [one, two]), { code: 'NEWER_FORMAT' });
  assert.equal(formatOf(connection), 3);
  connection.close();
});
