import assert from 'node:assert/strict';
import { lstatSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolders } from './make-folders.ts';

test('a folder is made with those above it, for their owner alone', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'sd-make-folders-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a', 'b');
  makeFolders(path);
  makeFolders(path);
  if (process.platform !== 'win32')
    for (const made of [path, join(folder, 'a')]) assert.equal(lstatSync(made).mode & 0o777, 0o700);
  writeFileSync(join(folder, 'file'), '');
  assert.throws(() => makeFolders(join(folder, 'file')), { code: 'EEXIST' });
});

test(
  'where the system takes no folders and calls them missing, it ends',
  { skip: process.platform !== 'linux' },
  () => {
    assert.throws(() => makeFolders('/proc/sd-test/a'), { code: 'ENOENT' });
  },
);
