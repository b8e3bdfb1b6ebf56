import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { nodeFiles } from '@sd/platform-node/files.ts';
import { withRules } from '../../domain/location.ts';
import { temporaryFolder } from '../../testing/open-test-core.ts';
import { weighRules } from './weigh.ts';

test('what rules leave out weighs what lies in it; the rest weighs what would be kept', (t) => {
  const root = temporaryFolder(t);
  mkdirSync(`${root}/app/node_modules/left-pad/deep`, { recursive: true });
  mkdirSync(`${root}/photos`);
  for (const [path, size] of [
    ['app/index.js', 10],
    ['app/node_modules/left-pad/index.js', 200],
    ['app/node_modules/left-pad/deep/x.tmp', 3_000],
    ['photos/a.jpg', 40_000],
    ['photos/b.tmp', 500_000],
  ] as const)
    writeFileSync(`${root}/${path}`, Buffer.alloc(size));
  symlinkSync('..', `${root}/photos/up`);
  const weighed = weighRules(root, withRules({ exclude: ['*.tmp'] }), nodeFiles, () => true);
  const named = weighed.leftOut
    .map(({ path, ...rest }) => ({ path: path.slice(root.length + 1), ...rest }))
    .sort((a, b) => a.bytes - b.bytes);
  assert.deepEqual(named, [
    { path: 'app/node_modules', rule: 'dev_folders', type: 1, bytes: 3_200, files: 2 },
    { path: 'photos/b.tmp', rule: 'exclude', type: 0, bytes: 500_000, files: 1 },
  ]);
  const { leftOut: _, ...sums } = weighed;
  assert.deepEqual(sums, { bytes: 503_200, files: 3, keptBytes: 40_010, keptFiles: 2, complete: true });
});

test('when the time is up it says what it knows, and that it is not all', (t) => {
  const root = temporaryFolder(t);
  for (const name of ['a', 'b', 'c']) mkdirSync(`${root}/${name}`);
  writeFileSync(`${root}/x`, 'x');
  let folders = 0;
  const weighed = weighRules(root, withRules({}), nodeFiles, () => ++folders < 2);
  assert.deepEqual([weighed.complete, weighed.keptFiles], [false, 1]);
});
