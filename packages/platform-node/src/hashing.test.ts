import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@sd/core/testing/open-test-core.ts';
import { nodeHashing } from './hashing.ts';
import { nodeSqlite } from './sqlite.ts';

/** Whether another process can take the lock. */
function takenByAnother(path: string): boolean {
  const sqlite = fileURLToPath(new URL('sqlite.ts', import.meta.url));
  const script = `import { nodeSqlite } from ${JSON.stringify(sqlite)}; process.stdout.write(String(nodeSqlite.lock(${JSON.stringify(path)}) !== undefined))`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }) === 'true';
}

test('hashing a lock file that this process holds does not let go of it', (context) => {
  const path = `${temporaryFolder(context)}/daemon.lock`;
  const lock = nodeSqlite.lock(path);
  assert.ok(lock);
  assert.ok(nodeHashing().file(path, 0));
  assert.equal(takenByAnother(path), false);
  lock.release();
  assert.equal(takenByAnother(path), true);
});
