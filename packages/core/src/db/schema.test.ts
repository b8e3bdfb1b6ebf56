import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { dataFolder } from '../testing/library-fixture.ts';
import { migrations } from './library/migrations/index.ts';
import { migrate } from './migrate.ts';

const SCHEMA = new URL('library/schema.sql', import.meta.url);

test('schema.sql is what the migrations make (SD_UPDATE_SCHEMA=1 writes it)', (context) => {
  const connection = nodeSqlite.open({ path: `${dataFolder(context)}/a.db`, mode: 'create' });
  migrate(connection, migrations);
  const rows = connection
    .prepare<{ sql: string }>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name')
    .all();
  connection.close();
  const made = `-- Derived from the migrations; what it says of a library's database is held against them by a test.\n\n${rows.map(({ sql }) => `${sql};\n`).join('\n')}`;
  if (process.env['SD_UPDATE_SCHEMA']) writeFileSync(SCHEMA, made);
  assert.equal(readFileSync(SCHEMA, 'utf8'), made);
});

test('every migration is listed, in order, without gaps, under its number', () => {
  const files = readdirSync(fileURLToPath(new URL('library/migrations', import.meta.url)))
    .filter((name) => /^\d{4}-.*\.ts$/.test(name))
    .sort();
  assert.deepEqual(
    files.map((name) => Number(name.slice(0, 4))),
    migrations.map(({ format }) => format),
  );
  assert.deepEqual(
    migrations.map(({ format }) => format),
    migrations.map((_, at) => at + 1),
  );
});
