import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

import { isRecent, packagedNode } from './packaged-node.mjs';

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
