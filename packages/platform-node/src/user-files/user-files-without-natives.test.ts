import assert from 'node:assert/strict';
import { linkSync, readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { TEMPORARY_PREFIX } from '@sd/core/domain/temporary-name.ts';
import { userFilesAcceptance } from '@sd/core/testing/acceptance/user-files.ts';
import { ANYWHERE } from '@sd/core/testing/acceptance/user-files/ground.ts';
import { temporaryFolder } from '@sd/core/testing/open-test-core.ts';
import { nodeUserFiles } from './user-files.ts';

// Read when the first function is asked for: as where `koffi` does not load.
process.env['SD_NATIVE_CALLS'] = 'off';
userFilesAcceptance('Node alone', nodeUserFiles, {
  ...ANYWHERE,
  lacks: new Set(['attributes', 'holes']),
  blind: true,
});

test('a copy that was given its name half-way is given it; a person’s two names stay two', (context) => {
  const folder = temporaryFolder(context);
  for (const from of [`${TEMPORARY_PREFIX}x-1`, 'mine']) {
    writeFileSync(`${folder}/${from}`, 'bytes');
    linkSync(`${folder}/${from}`, `${folder}/to-${from}`);
  }
  nodeUserFiles.rename(`${folder}/${TEMPORARY_PREFIX}x-1`, `${folder}/to-${TEMPORARY_PREFIX}x-1`);
  assert.throws(() => nodeUserFiles.rename(`${folder}/mine`, `${folder}/to-mine`), { code: 'ALREADY_EXISTS' });
  assert.deepEqual(readdirSync(folder).sort(), ['mine', `to-${TEMPORARY_PREFIX}x-1`, 'to-mine']);
});
