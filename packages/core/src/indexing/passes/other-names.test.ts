import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { migrate } from '../../db/migrate.ts';
import { migrations } from '../../db/library/migrations/index.ts';
import { dataFolder } from '../../testing/library-fixture.ts';
import { otherNamesUnknown } from './other-names.ts';

test('a file that gets two more names at once is looked for under its first one', (t) => {
  const db = nodeSqlite.open({ path: `${dataFolder(t)}/a.db`, mode: 'create' });
  t.after(() => db.close());
  migrate(db, migrations);
  const put = (id: number, folder: number, links: number): void =>
    void db
      .prepare(
        `INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision)
         VALUES (?, ?, ?, 0, 0, 5, 0, 77, ?, 1)`,
      )
      .run(id, folder, `name ${id}`, links);
  put(10, 1, 0);
  put(20, 2, 1);
  put(21, 3, 1);
  assert.deepEqual([...otherNamesUnknown(db, [77])], [1]);
  assert.deepEqual([...otherNamesUnknown(db, [78])], []);
});
