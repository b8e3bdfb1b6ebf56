import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { ExportRequest } from '../src/exporting/protocol.ts';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import type { Platform } from '../src/platform.ts';
import { type TestCore, jobThat, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

/** While it is closed, the thread of an export is told to stop before its first entry: the part is there, and stays empty. */
class Gate {
  open = false;

  readonly platform = (platform: Platform): Platform => ({
    ...platform,
    workers: {
      ...platform.workers,
      threads: () => platform.workers.threads(),
      spawn: (role, options) => {
        const worker = platform.workers.spawn(role, options);
        if (role !== 'exporter') return worker;
        return {
          onMessage: (listener) => worker.onMessage(listener),
          onExit: (listener) => worker.onExit(listener),
          terminate: () => worker.terminate(),
          post: (message) => {
            if (!this.open) Atomics.store(new Int32Array((message as ExportRequest).stop), 0, 1);
            worker.post(message);
          },
        };
      },
    },
  });
}

function tree(scope: TestContext): string {
  const folder = temporaryFolder(scope);
  for (let at = 0; at < 700; at++) writeFileSync(`${folder}/${at}`, '');
  return folder;
}

/** A running export whose part is there. */
async function atWork(core: TestCore, path: string): Promise<JobInfo> {
  const { result } = await core.client.call('action:library.export', { format: 'csv', path });
  return jobThat(core.core, core.client, result.job.id, ({ progress }) => progress.bytes > 0);
}

test('a cancelled export leaves nothing; retried, it begins anew', async (context) => {
  const [gate, out] = [new Gate(), temporaryFolder(context)];
  const core = await openTestCore(context, { platform: gate.platform });
  await core.index(tree(context), { mode: 'shallow' });
  const { id } = await atWork(core, `${out}/a.csv`);
  assert.deepEqual(readdirSync(out), ['a.csv.sd-part']);

  const again = await core.client.call('action:library.export', { format: 'csv', path: `${out}/a.csv` });
  assert.equal(again.result.job.id, id, 'an equal request is answered by the job that goes on');

  await core.client.call('action:jobs.cancel', { id });
  await jobThat(core.core, core.client, id, ({ state }) => state === 'cancelled');
  assert.deepEqual(readdirSync(out), []);

  gate.open = true;
  await core.client.call('action:jobs.retry', { id });
  await core.completed({ id });
  assert.deepEqual(readdirSync(out), ['a.csv']);
  assert.equal(readFileSync(`${out}/a.csv`, 'utf8').split('\n').length - 1, 702);
});

test('a paused export stays so over a restart, then cancelled it leaves nothing, or resumed it ends', async (context) => {
  const [gate, out, dataFolder] = [new Gate(), temporaryFolder(context), temporaryFolder(context)];
  const first = await openTestCore(context, { platform: gate.platform, dataFolder });
  await first.index(tree(context), { mode: 'shallow' });
  const one = await atWork(first, `${out}/one.csv`);
  await first.client.call('action:jobs.pause', { id: one.id });
  await jobThat(first.core, first.client, one.id, ({ state }) => state === 'paused');
  const two = await atWork(first, `${out}/two.csv`);
  await first.client.call('action:jobs.pause', { id: two.id });
  await jobThat(first.core, first.client, two.id, ({ state }) => state === 'paused');
  await first.close();
  assert.deepEqual(readdirSync(out).sort(), ['one.csv.sd-part', 'two.csv.sd-part']);

  const second = await openTestCore(context, { dataFolder });
  assert.equal((await second.client.call('query:jobs.info', { id: one.id })).state, 'paused');
  await second.client.call('action:jobs.cancel', { id: one.id });
  assert.deepEqual(readdirSync(out), ['two.csv.sd-part']);
  await second.client.call('action:jobs.resume', { id: two.id });
  await second.completed(two);
  assert.deepEqual(readdirSync(out), ['two.csv']);
});

test('a name that is taken meanwhile is not taken over; the whole part waits beside it', async (context) => {
  const [gate, out] = [new Gate(), temporaryFolder(context)];
  const core = await openTestCore(context, { platform: gate.platform });
  await core.index(tree(context), { mode: 'shallow' });
  const { id } = await atWork(core, `${out}/a.csv`);
  writeFileSync(`${out}/a.csv`, 'mine');
  gate.open = true;
  const failed = await jobThat(core.core, core.client, id, ({ state }) => state === 'failed');
  assert.equal(failed.error?.code, 'ALREADY_EXISTS');
  assert.equal(readFileSync(`${out}/a.csv`, 'utf8'), 'mine');
  rmSync(`${out}/a.csv`);
  await core.client.call('action:jobs.retry', { id });
  await core.completed({ id });
  assert.deepEqual(readdirSync(out), ['a.csv']);
});

test('a full disk makes an export wait; with room again it goes on to the same bytes', async (context) => {
  const [gate, out] = [new Gate(), temporaryFolder(context)];
  const core = await openTestCore(context, { platform: gate.platform });
  const disk = smallDisk(context, core);
  if (!disk) return;
  await core.index(tree(context), { mode: 'shallow' });
  await assert.rejects(core.client.call('action:library.export', { format: 'ndjson', path: `${disk}/big.ndjson` }), {
    code: 'DISK_FULL',
  });

  const { id } = await atWork(core, `${disk}/a.csv`);
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(`${disk}/filler`, Buffer.alloc(bavail * bsize - 20_000));
  gate.open = true;
  const waiting = await jobThat(core.core, core.client, id, ({ next_try_at }) => next_try_at !== undefined);
  assert.deepEqual([waiting.state, waiting.error?.code], ['queued', 'DISK_FULL']);
  assert.deepEqual(readdirSync(disk).sort(), ['a.csv.sd-part', 'filler']);
  rmSync(`${disk}/filler`);
  await core.client.call('action:jobs.retry', { id });
  await core.completed({ id });
  const { result } = await core.client.call('action:library.export', { format: 'csv', path: `${out}/a.csv` });
  await core.completed(result.job);
  assert.deepEqual(readFileSync(`${disk}/a.csv`), readFileSync(`${out}/a.csv`));

  execFileSync('mount', ['-o', 'remount,ro', disk]);
  await assert.rejects(core.client.call('action:library.export', { format: 'csv', path: `${disk}/b.csv` }), {
    code: 'NOT_WRITABLE',
  });
});

/** A file system of its own, of 400 KiB; `undefined`, and the test skipped, where this user may not mount one. */
function smallDisk(context: TestContext, core: TestCore): string | undefined {
  const parent = temporaryFolder({ after: () => undefined });
  const disk = `${parent}/disk`;
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    rmSync(parent, { recursive: true });
    context.skip('this user may not mount a file system');
    return undefined;
  }
  context.after(async () => {
    await core.close();
    execFileSync('umount', [disk]);
    rmSync(parent, { recursive: true });
  });
  return disk;
}
