import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { testFiles } from './test-files.mjs';

test('unit tests come before stories, filters take any that match, other files are left alone', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'sd-tests-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (const file of [
    'e2e/daemon.test.ts',
    'packages/core/test/story.test.ts',
    'packages/core/src/a.test.ts',
    'packages/core/src/a.ts',
    'packages/core/node_modules/x/y.test.ts',
    'scripts/lib/b.test.mjs',
    'docs/c.test.ts',
  ]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  assert.deepEqual(testFiles(root), [
    'packages/core/src/a.test.ts',
    'scripts/lib/b.test.mjs',
    'e2e/daemon.test.ts',
    'packages/core/test/story.test.ts',
  ]);
  assert.deepEqual(testFiles(root, ['core/src', 'daemon']), ['packages/core/src/a.test.ts', 'e2e/daemon.test.ts']);
});
