import assert from 'node:assert/strict';
import { lstatSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder } from '@sd/core/testing/open-test-core.ts';
import { makeFolders } from './make-folders.ts';
import { makePrivate } from './user-files/trash/can.ts';

test('a folder is made with those above it, all with its mode, and one that is there is left as it is', (context) => {
  const folder = temporaryFolder(context);
  makeFolders(`${folder}/a/b/c`, 0o700);
  for (const path of ['a', 'a/b', 'a/b/c']) assert.equal(lstatSync(`${folder}/${path}`).mode & 0o777, 0o700);
  makeFolders(`${folder}/a/b`, 0o755);
  assert.equal(lstatSync(`${folder}/a/b`).mode & 0o777, 0o700);
  writeFileSync(`${folder}/a/file`, '');
  assert.throws(() => makeFolders(`${folder}/a/file`, 0o700), { code: 'EEXIST' });
  assert.throws(() => makeFolders(`${folder}/a/file/below`, 0o700), { code: 'ENOTDIR' });
});

test(
  'where the system takes no folders and calls them missing, it ends',
  { skip: process.platform !== 'linux' },
  () => {
    for (const make of [() => makeFolders('/proc/sd-test/a', 0o700), () => makePrivate('/proc/.sd-test')])
      assert.throws(make, { code: 'ENOENT' });
  },
);
