import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { openTestCore, temporaryFolder } from '@sd/core/testing/open-test-core.ts';

test('a copy is previewed, committed and there', async (context) => {
  const { client, completed } = await openTestCore(context);
  const folder = temporaryFolder(context);
  mkdirSync(`${folder}/to`);
  writeFileSync(`${folder}/letter.txt`, 'Dear you');
  const plan = await client.call('preview:entries.copy', { sources: [`${folder}/letter.txt`], to: `${folder}/to` });
  assert.deepEqual(
    plan.steps.map(({ what, source, target, bytes }) => ({ what, source, target, bytes })),
    [{ what: 'copy', source: `${folder}/letter.txt`, target: `${folder}/to/letter.txt`, bytes: 8 }],
  );
  assert.deepEqual(readdirSync(`${folder}/to`), []);
  const { result } = await client.call('action:entries.copy', { plan_id: plan.plan_id });
  await completed(result.job);
  assert.equal(readFileSync(`${folder}/to/letter.txt`, 'utf8'), 'Dear you');
  const { steps, state } = await client.call('query:plans.steps', { plan_id: plan.plan_id });
  assert.equal(steps[0]?.state, 'done');
  assert.equal(state, 'ended');
});
