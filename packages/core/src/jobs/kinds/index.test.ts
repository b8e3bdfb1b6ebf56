import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { jobKinds } from './index.ts';

test('every file of a kind is listed, once, under the name its path says', () => {
  const files = globSync('*/*.ts', { cwd: import.meta.dirname, exclude: (name) => name.endsWith('.test.ts') });
  const promised = files.map((file) => file.replace(/\.ts$/, '').replaceAll('-', '_').replace('/', '.'));
  const listed = jobKinds({} as Parameters<typeof jobKinds>[0]).map(({ name }) => name);
  assert.ok(listed.length > 0);
  assert.deepEqual([...listed].sort(), promised.sort());
});
