import assert from 'node:assert/strict';
import { lstatSync, utimesSync } from 'node:fs';
import { test } from 'node:test';
import { act, treeOf, writeTree } from '../src/testing/file-world.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

test('a copied folder has all that is in it, with its times; the index has it, and what it is known to be', async (context) => {
  const core = await openTestCore(context, { watching: { limit: 0 } });
  const folder = temporaryFolder(context);
  writeTree(folder, { 'from/a.txt': 'aaa', 'from/deep/b.txt': 'bbbb', 'from/empty/': '', 'to/': '' });
  utimesSync(`${folder}/from/deep`, 1_000_000, 1_000_000);
  utimesSync(`${folder}/from/a.txt`, 2_000_000, 2_000_000);
  await core.index(folder, { mode: 'content' });
  const done = await act(core, 'copy', { sources: [`${folder}/from`], to: `${folder}/to` });
  assert.deepEqual(done.problems, []);
  assert.equal(done.bytes, 7);
  assert.deepEqual(treeOf(`${folder}/to/from`), treeOf(`${folder}/from`));
  assert.equal(lstatSync(`${folder}/to/from/deep`).mtimeMs, 1_000_000_000);
  assert.equal(lstatSync(`${folder}/to/from/a.txt`).mtimeMs, 2_000_000_000);
});
