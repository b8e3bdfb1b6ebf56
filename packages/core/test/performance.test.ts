import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { type TestCore, jobThat, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

function manyFiles(context: TestContext): string {
  const folder = temporaryFolder(context);
  for (let at = 0; at < 80; at++) {
    mkdirSync(`${folder}/${at}`);
    for (let file = 0; file < 100; file++) writeFileSync(`${folder}/${at}/${file}`, `${at} ${file}`);
  }
  return folder;
}

/** Resolves with the job once an event shows it as asked. */
function seen({ core }: TestCore, fits: (job: JobInfo) => boolean): Promise<JobInfo> {
  return new Promise((resolve) => {
    const end = core.events.subscribe(({ data }) => {
      const job = data?.['job'] as JobInfo | undefined;
      if (!job || !fits(job)) return;
      end();
      resolve(job);
    });
  });
}
const working = ({ state, progress }: JobInfo): boolean => state === 'running' && progress.done > 0;

test('pausing a scan that is at work is answered at once, in whatever phase it is', async (context) => {
  const open = await openTestCore(context);
  const { client } = open;
  const folder = manyFiles(context);
  const started = seen(open, working);
  const { result } = await client.call('action:locations.add', { path: folder });
  const { id } = result.job;
  await started;
  for (let pauses = 0; pauses < 5; pauses++) {
    const answer = await client.call('action:jobs.pause', { id }).catch(() => undefined);
    if (!answer) break; // It was quicker, and has ended.
    // At once: it is answered that it stops, not that it has stopped.
    assert.ok(answer.result.state === 'paused' || answer.result.stopping === 'pause');
    await jobThat(open.core, client, id, (job) => job.state !== 'running');
    const going = seen(open, (job) => job.id === id && (working(job) || job.state === 'completed'));
    await client.call('action:jobs.resume', { id });
    await going;
  }
  await open.completed({ id });
  assert.equal((await client.call('query:library.statistics', {})).files, 8_000);
});

test('a setting takes effect on a job that runs: it begins again from its checkpoint, and nothing is lost', async (context) => {
  const open = await openTestCore(context, { platform: ({ power: _, ...platform }) => platform });
  const { client } = open;
  assert.deepEqual(await client.call('query:settings.get', {}), { performance: 'balanced' });
  const folder = manyFiles(context);
  const started = seen(open, working);
  const { result } = await client.call('action:locations.add', { path: folder });
  await started;
  const plan = await client.call('preview:settings.update', { performance: 'gentle' });
  assert.deepEqual(plan.steps, [{ what: 'set', target: 'performance', detail: 'balanced → gentle' }]);
  const { receipt } = await client.call('action:settings.update', { plan_id: plan.plan_id });
  assert.ok((await client.call('verify:settings.update', { receipt })).ok);
  assert.deepEqual((await client.call('query:core.status', {})).performance, {
    setting: 'gentle',
    effective: 'gentle',
    reason: 'setting',
  });
  await open.completed(result.job);
  const { lines } = await client.call('query:jobs.log', { id: result.job.id });
  assert.ok(
    lines.some(({ message }) => /as the performance setting has it/.test(message)),
    JSON.stringify(lines),
  );
  assert.equal((await client.call('query:library.statistics', {})).files, 8_000);
});

test('settings survive a restart; what is no setting, or no value of one, is refused', async (context) => {
  const first = await openTestCore(context);
  await first.client.call('action:settings.update', { performance: 'full' });
  await assert.rejects(first.client.request('action:settings.update', { performance: 'ludicrous' }), {
    code: 'INVALID_INPUT',
  });
  await assert.rejects(first.client.request('action:settings.update', { colour: 'blue' }), { code: 'INVALID_INPUT' });
  await first.close();
  const again = await openTestCore(context, { dataFolder: first.dataFolder });
  assert.deepEqual(await again.client.call('query:settings.get', {}), { performance: 'full' });
  await again.close();
});

test('over the wire: a job that was cancelled is tried again; the history is cleared, and the log with it', async (context) => {
  const open = await openTestCore(context);
  const { client } = open;
  const folder = manyFiles(context);
  const started = seen(open, working);
  const { result } = await client.call('action:locations.add', { path: folder });
  const { id } = result.job;
  await started;
  const stopped = seen(open, (job) => job.id === id && job.state !== 'running');
  await client.call('action:jobs.cancel', { id });
  if ((await stopped).state === 'cancelled') {
    assert.equal((await client.call('preview:jobs.retry', { id })).steps.length, 1);
    const { receipt } = await client.call('action:jobs.retry', { id });
    assert.ok((await client.call('verify:jobs.retry', { receipt })).ok);
  }
  const job = await open.completed({ id });
  assert.equal(job.priority, 'user');
  await assert.rejects(client.call('action:jobs.retry', { id }), { code: 'CONFLICT' });
  assert.equal((await client.call('query:jobs.info', { id, log: true })).log?.at(-1)?.message, 'completed');
  const plan = await client.call('preview:jobs.clear_history', { states: ['completed'] });
  assert.ok(plan.steps.some(({ detail }) => detail === 'locations.index, completed'));
  const cleared = await client.call('action:jobs.clear_history', { states: ['completed'] });
  assert.ok(cleared.result.ids.includes(id));
  assert.ok((await client.call('verify:jobs.clear_history', { receipt: cleared.receipt })).ok);
  await assert.rejects(client.call('query:jobs.log', { id }), { code: 'NOT_FOUND' });
});
