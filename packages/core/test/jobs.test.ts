import assert from 'node:assert/strict';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { type TestCore, jobEnd, jobThat, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

/** A folder with two huge equal files, which take a while to hash, and two small ones. */
function folderOfTwins(context: TestContext): string {
  const folder = temporaryFolder(context);
  for (const name of ['a', 'b']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'huge'), '');
    truncateSync(join(folder, name, 'huge'), 200 * 2 ** 20);
    writeFileSync(join(folder, name, 'small.txt'), 'small');
  }
  return folder;
}

function seen({ core, client }: TestCore, id: string, fits: (job: JobInfo) => boolean): Promise<JobInfo> {
  return jobThat(core, client, id, fits);
}
const hashing = ({ state, progress }: JobInfo): boolean => state === 'running' && progress.phase === 'hashing';

test('over the wire: candidates, a plan, the job and its progress, verified groups, and what the library sums up to', async (context) => {
  const open = await openTestCore(context);
  const { client, completed } = open;
  await open.index(folderOfTwins(context));
  const before = await client.call('query:content.duplicates', {});
  assert.deepEqual(
    before.groups.map(({ verified, count, size }) => [verified, count, size]),
    [
      ['candidate', 2, 200 * 2 ** 20],
      ['candidate', 2, 5],
    ],
  );
  const plan = await client.call('preview:content.verify_duplicates', {});
  assert.equal(plan.steps.length, 1);
  const { receipt, result } = await client.call('action:content.verify_duplicates', { plan_id: plan.plan_id });
  const progress = await seen(open, result.job.id, hashing);
  assert.deepEqual([progress.progress.total, progress.progress.bytes_total], [4, 400 * 2 ** 20 + 10]);
  const job = await completed(result.job);
  assert.equal((job.result as { equal: number }).equal, 2);
  assert.ok((await client.call('verify:content.verify_duplicates', { receipt })).ok);
  const after = await client.call('query:content.duplicates', { verified: true });
  assert.deepEqual(after.total, before.total);
  const { content_id = '' } = after.groups[1] ?? {};
  const instances = await client.call('query:content.instances', { content_id });
  assert.deepEqual([instances.total, instances.full_hash], [2, instances.hash]);
  const { duplicates, files, text_index } = await client.call('query:library.statistics', {});
  assert.deepEqual([files, duplicates.groups, duplicates.reclaimable_bytes], [4, 2, 200 * 2 ** 20 + 5]);
  assert.equal(text_index.total, 6);
});

test('jobs are listed, paused, resumed and cancelled by name, each with its three steps', async (context) => {
  const open = await openTestCore(context);
  const { client } = open;
  await open.index(folderOfTwins(context));
  const { result } = await client.call('action:content.verify_duplicates', {});
  const { id } = result.job;
  await seen(open, id, hashing);

  const pausePlan = await client.call('preview:jobs.pause', { id });
  const pausing = jobState(open, id, 'paused');
  const { receipt } = await client.call('action:jobs.pause', { plan_id: pausePlan.plan_id });
  await pausing;
  assert.ok((await client.call('verify:jobs.pause', { receipt })).ok);
  assert.deepEqual((await client.call('preview:jobs.pause', { id })).steps, []);
  const { jobs } = await client.call('query:jobs.list', { states: ['paused'] });
  assert.deepEqual(
    jobs.map((job) => job.id),
    [id],
  );
  assert.equal(open.core.status().jobs.paused, 1);

  const running = seen(open, id, hashing);
  const resumed = await client.call('action:jobs.resume', { id });
  assert.ok((await client.call('verify:jobs.resume', { receipt: resumed.receipt })).ok);
  await running;
  const ended = jobEnd(open.core, client, id);
  const cancelled = await client.call('action:jobs.cancel', { id });
  assert.equal((await ended).state, 'cancelled');
  assert.ok((await client.call('verify:jobs.cancel', { receipt: cancelled.receipt })).ok);
  await assert.rejects(client.call('action:jobs.cancel', { id }), { code: 'CONFLICT' });
  await assert.rejects(client.call('preview:jobs.cancel', { id }), { code: 'CONFLICT' });
  await assert.rejects(client.call('query:jobs.info', { id: '01890000-0000-7000-8000-000000000000' }), {
    code: 'NOT_FOUND',
  });
});

test('a core that closes stops its jobs at a checkpoint; the next one takes them up', async (context) => {
  const open = await openTestCore(context);
  await open.index(folderOfTwins(context));
  const { result } = await open.client.call('action:content.verify_duplicates', {});
  await seen(open, result.job.id, hashing);
  await open.close();
  const again = await openTestCore(context, { dataFolder: open.dataFolder });
  const ended = await jobEnd(again.core, again.client, result.job.id);
  assert.deepEqual([ended.state, (ended.result as { equal: number }).equal], ['completed', 2]);
});

function jobState(open: TestCore, id: string, state: string): Promise<JobInfo> {
  return seen(open, id, (job) => job.state === state);
}
