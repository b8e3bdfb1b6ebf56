import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { test } from 'node:test';
import { userFilesAcceptance } from '@sd/core/testing/acceptance/user-files.ts';
import { ownTrash } from '@sd/core/testing/own-trash.ts';
import { nodeUserFiles } from './user-files.ts';

userFilesAcceptance('Node', nodeUserFiles);

test('what went to the trash, or did not yet, is told without listing a trash that may be large', (context) => {
  const folder = ownTrash(context);
  for (const name of ['went', 'stays']) fs.writeFileSync(`${folder}/${name}`, 'bytes');
  const [went, stays] = ['went', 'stays'].map((name) => fs.lstatSync(`${folder}/${name}`).ino);
  const trashed = nodeUserFiles.trash(`${folder}/went`);
  const listing = context.mock.method(fs, 'readdirSync');
  syncBuiltinESMExports();
  context.after(() => {
    context.mock.restoreAll();
    syncBuiltinESMExports();
  });
  assert.deepEqual(nodeUserFiles.findTrashed(`${folder}/went`, went ?? 0), trashed);
  assert.equal(nodeUserFiles.findTrashed(`${folder}/stays`, stays ?? 0), undefined);
  assert.equal(listing.mock.callCount(), 0);
});
