import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { PACKAGES, isRecent, packagedNode } from './packaged-node.mjs';
import { root } from './paths.mjs';

test('the version that strips types without a flag is the oldest taken', () => {
  const recent = ['22.18.0', '22.19.3', '23.0.0', '26.10.0'];
  const old = ['18.20.0', '20.20.2', '22.17.1'];
  assert.deepEqual(recent.filter(isRecent), recent);
  assert.deepEqual(old.filter(isRecent), []);
});

test('the Node found runs TypeScript as it is', () => {
  const args = ['--input-type=module-typescript', '--eval', 'const n: number = 42; console.log(n)'];
  assert.equal(execFileSync(packagedNode(), args, { encoding: 'utf8' }), '42\n');
});

test('each packaged Node that is looked for is asked of npm, all in one version', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const names = Object.values(PACKAGES).map((file) => file.split('/')[0]);
  assert.deepEqual(new Set(names), new Set(Object.keys(optionalDependencies)));
  assert.equal(new Set(Object.values(optionalDependencies)).size, 1);
});
