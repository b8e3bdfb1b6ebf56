import assert from 'node:assert/strict';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

test('a real core is looked at, and what is made worse shows', async (context) => {
  const tree = temporaryFolder(context);
  writeFileSync(`${tree}/file`, 'x');
  const { client, dataFolder, index } = await openTestCore(context);
  const { location } = await index(tree, { mode: 'content' });
  chmodSync(dataFolder, 0o700);
  const seen = async () => new Map((await client.call('query:core.doctor')).findings.map((one) => [one.check, one]));

  const before = await seen();
  for (const check of [
    'data folder',
    'key of "Test"',
    'key files',
    'databases of "Test"',
    'clock of "Test"',
    'locations',
    'watches',
    'jobs',
  ])
    assert.equal(before.get(check)?.state, 'ok', `${check}: ${before.get(check)?.seen}`);
  assert.match(before.get('databases of "Test"')?.seen ?? '', /^pages, pages of jobs/);
  assert.equal(before.get('backup of "Test"')?.state, 'warning');

  await client.call('action:libraries.backup', { which: 'Test' });
  chmodSync(dataFolder, 0o755);
  renameSync(tree, `${tree}.away`);
  context.after(() => rmSync(`${tree}.away`, { recursive: true, force: true }));
  const after = await client.call('query:core.doctor');
  const by = new Map(after.findings.map((one) => [one.check, one]));
  assert.equal(after.ok, false);
  assert.match(by.get('data folder')?.way_out ?? '', /^chmod 700 /);
  assert.equal(by.get(`location "${location.name}"`)?.state, 'warning');
  assert.equal(by.get('backup of "Test"')?.seen, 'of today');
});
