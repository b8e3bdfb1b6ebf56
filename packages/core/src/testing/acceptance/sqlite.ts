import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Sqlite } from '../../ports/sqlite.ts';
import { temporaryFolder } from '../open-test-core.ts';

const KEY = new Uint8Array(32).fill(1);
const OTHER = new Uint8Array(32).fill(2);

/** What every `Sqlite` port does. */
export function sqliteAcceptance(name: string, sqlite: Sqlite): void {
  describe(`${name}: Sqlite`, () => {
    test('values go in and come out as they were', (context) => {
      const db = sqlite.open({ path: `${temporaryFolder(context)}/a.db`, key: KEY, mode: 'create' });
      context.after(() => db.close());
      db.exec('CREATE TABLE t (a)');
      const insert = db.prepare('INSERT INTO t VALUES (?)');
      const values = ['', 'ünï ☃ 𝄞', 0, -1, 2 ** 53 - 1, 1.5, null, new Uint8Array(0), Uint8Array.of(0, 255)];
      values.forEach((value, at) => assert.deepEqual(insert.run(value), { changes: 1, lastId: at + 1 }));
      const read = db
        .prepare<{ a: unknown }>('SELECT a FROM t ORDER BY rowid')
        .all()
        .map(({ a }) => (a instanceof Uint8Array ? Uint8Array.from(a) : a));
      assert.deepEqual(read, values);
    });

    test('a statement is shared by its text, and can be used while it is stepped through', (context) => {
      const db = sqlite.open({ path: `${temporaryFolder(context)}/a.db`, mode: 'create' });
      context.after(() => db.close());
      db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)');
      assert.equal(db.prepare('SELECT a FROM t'), db.prepare('SELECT a FROM t'));
      const pairs: number[][] = [];
      for (const outer of db.prepare<{ a: number }>('SELECT a FROM t').iterate()) {
        for (const inner of db.prepare<{ a: number }>('SELECT a FROM t').iterate()) pairs.push([outer.a, inner.a]);
        assert.equal(db.prepare<{ a: number }>('SELECT a FROM t').get()?.a, 1);
      }
      assert.deepEqual(pairs, [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
      ]);
      db.exec('INSERT INTO t VALUES (3)');
    });

    test('a key opens its file and no other, and nothing in the file is readable', (context) => {
      const folder = temporaryFolder(context);
      const path = `${folder}/a.db`;
      const db = sqlite.open({ path, key: KEY, mode: 'create' });
      db.exec("CREATE TABLE plainly_named (a); INSERT INTO plainly_named VALUES ('plainly written')");
      for (const file of readdirSync(folder)) assert.ok(!readFileSync(`${folder}/${file}`).includes('plainly'), file);
      db.close();
      assert.deepEqual(readdirSync(folder), ['a.db'], 'a closed database is one file');
      assert.throws(() => sqlite.open({ path, key: OTHER, mode: 'read' }), { code: 'WRONG_KEY' });
      assert.throws(() => sqlite.open({ path, key: OTHER, mode: 'write' }), { code: 'WRONG_KEY' });
      assert.throws(() => sqlite.open({ path, mode: 'read' }), { code: 'CORRUPT' });
      sqlite.open({ path, key: KEY, mode: 'read' }).close();
    });

    test('what is no database, damaged, or not there is told apart', (context) => {
      const folder = temporaryFolder(context);
      writeFileSync(`${folder}/text.db`, 'this is not a database\n'.repeat(1000));
      assert.throws(() => sqlite.open({ path: `${folder}/text.db`, key: KEY, mode: 'read' }), { code: 'WRONG_KEY' });
      assert.throws(() => sqlite.open({ path: `${folder}/none.db`, key: KEY, mode: 'read' }), { code: 'NOT_FOUND' });
      assert.throws(() => sqlite.open({ path: `${folder}/none.db`, key: KEY, mode: 'write' }), { code: 'NOT_FOUND' });
      assert.throws(() => sqlite.open({ path: `${folder}/no/folder.db`, key: KEY, mode: 'create' }), {
        code: 'NOT_FOUND',
      });
      assert.deepEqual(readdirSync(folder), ['text.db'], 'looking makes nothing');

      const db = sqlite.open({ path: `${folder}/a.db`, key: KEY, mode: 'create' });
      db.exec(
        'CREATE TABLE t (a); INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT hex(randomblob(50)) FROM n',
      );
      db.close();
      const bytes = readFileSync(`${folder}/a.db`);
      bytes[Math.floor(bytes.length / 2)]! ^= 1;
      writeFileSync(`${folder}/a.db`, bytes);
      const damaged = sqlite.open({ path: `${folder}/a.db`, key: KEY, mode: 'read' });
      context.after(() => damaged.close());
      assert.throws(() => damaged.prepare('SELECT sum(length(a)) FROM t').get(), { code: 'CORRUPT' });
    });

    test('a reader cannot write, and sees what is committed, not what is not', (context) => {
      const path = `${temporaryFolder(context)}/a.db`;
      const writer = sqlite.open({ path, key: KEY, mode: 'create' });
      context.after(() => writer.close());
      writer.exec('CREATE TABLE t (a)');
      const reader = sqlite.open({ path, key: KEY, mode: 'read' });
      context.after(() => reader.close());
      assert.throws(() => reader.prepare('INSERT INTO t VALUES (1)').run(), { code: 'NOT_WRITABLE' });
      assert.throws(() => reader.exec('DROP TABLE t'), { code: 'NOT_WRITABLE' });
      writer.exec('BEGIN IMMEDIATE; INSERT INTO t VALUES (1)');
      const count = (): number | undefined => reader.prepare<{ n: number }>('SELECT count(*) AS n FROM t').get()?.n;
      assert.equal(count(), 0, 'and is not kept waiting');
      writer.exec('COMMIT');
      assert.equal(count(), 1);
    });

    test('a lock is held once, and free again when it is released', (context) => {
      const path = `${temporaryFolder(context)}/x.lock`;
      const held = sqlite.lock(path);
      assert.ok(held);
      assert.equal(sqlite.lock(path), undefined);
      held.release();
      const again = sqlite.lock(path);
      assert.ok(again);
      again.release();
    });

    test('a copy is of one instant, while a writer is at it, under the same or another key', (context) => {
      const folder = temporaryFolder(context);
      const from = `${folder}/a.db`;
      const writer = sqlite.open({ path: from, key: KEY, mode: 'create', pageBytes: 8192 });
      context.after(() => writer.close());
      writer.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1); BEGIN IMMEDIATE; INSERT INTO t VALUES (2)');
      sqlite.copy({ from, key: KEY, to: `${folder}/same.db`, toKey: KEY });
      sqlite.copy({ from, key: KEY, to: `${folder}/other.db`, toKey: OTHER });
      writer.exec('COMMIT');
      for (const [file, key] of [
        ['same.db', KEY],
        ['other.db', OTHER],
      ] as const) {
        const copy = sqlite.open({ path: `${folder}/${file}`, key, mode: 'read' });
        assert.deepEqual(copy.prepare('SELECT a FROM t').all(), [{ a: 1 }]);
        assert.deepEqual(copy.prepare('PRAGMA integrity_check').all(), [{ integrity_check: 'ok' }]);
        assert.deepEqual(copy.prepare('PRAGMA page_size').all(), [{ page_size: 8192 }]);
        copy.close();
      }
      assert.throws(() => sqlite.copy({ from, key: KEY, to: `${folder}/same.db`, toKey: KEY }), {
        code: 'ALREADY_EXISTS',
      });
      assert.throws(() => sqlite.copy({ from, key: OTHER, to: `${folder}/wrong.db`, toKey: OTHER }), {
        code: 'WRONG_KEY',
      });
    });
  });
}
