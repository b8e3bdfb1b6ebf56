import assert from 'node:assert/strict';
import fs, { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { renameNew } from './rename-new.ts';

test('where a file system has no hard links, a name is given all the same, and none replaced', (context) => {
  const folder = mkdtempSync(`${tmpdir()}/sd-rename-`);
  context.mock.method(fs, 'linkSync', () => {
    throw Object.assign(new Error('link'), { code: 'EPERM' });
  });
  syncBuiltinESMExports();
  context.after(() => {
    context.mock.restoreAll();
    syncBuiltinESMExports();
    rmSync(folder, { recursive: true });
  });
  writeFileSync(`${folder}/from`, 'bytes');
  writeFileSync(`${folder}/taken`, 'other');
  assert.throws(() => renameNew(`${folder}/from`, `${folder}/taken`), { code: 'ALREADY_EXISTS' });
  assert.throws(() => renameNew(`${folder}/none`, `${folder}/to`), { code: 'NOT_FOUND' });
  assert.deepEqual(readdirSync(folder).sort(), ['from', 'taken']);
  renameNew(`${folder}/from`, `${folder}/to`);
  assert.deepEqual(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]),
    [
      ['taken', 'other'],
      ['to', 'bytes'],
    ],
  );
});
