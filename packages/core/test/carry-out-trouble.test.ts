import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import type { Carried } from '../src/domain/carried.ts';
import { TEMPORARY_PREFIX } from '../src/domain/temporary-name.ts';
import { type JobInfo, isEnd } from '../src/jobs/job-manager.ts';
import { FailingDisk } from '../src/testing/failing-disk.ts';
import { FakeUserFiles } from '../src/testing/fake-user-files.ts';
import { act, treeOf, writeTree } from '../src/testing/file-world.ts';
import { inlineWorkers } from '../src/testing/inline-workers.ts';
import { type TestCore, jobEnd, jobThat, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

const QUIET = { watching: { limit: 0 } };

/** Starts an action and answers its job, without waiting for it. */
async function start(
  core: TestCore,
  method: 'action:entries.copy' | 'action:entries.move',
  input: object,
): Promise<string> {
  const { result } = await core.client.call(method, input as never);
  return (result as { job: JobInfo }).job.id;
}

/** Resolves once the job has done something and not all of it, or has ended. */
function underWay(core: TestCore, id: string, enough = (): boolean => true): Promise<JobInfo> {
  return jobThat(
    core.core,
    core.client,
    id,
    ({ state, progress }) => isEnd(state) || (progress.done + progress.bytes > 0 && enough()),
  );
}

/** For what was in its way to be gone. */
const isWaiting = (job: JobInfo): boolean => job.next_try_at !== undefined;

function temporaries(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(TEMPORARY_PREFIX));
}

function manyFiles(folder: string, count: number): void {
  const files: Record<string, string> = { 'to/': '' };
  for (let at = 0; at < count; at++) files[`from/${at % 20}/${at}.txt`] = `bytes ${at}`;
  writeTree(folder, files);
  writeFileSync(`${folder}/from/large.bin`, Buffer.alloc(64 * 2 ** 20, 1));
}

test('cancelled, what is done stays done and nothing is half made; paused, it goes on where it was', async (context) => {
  const core = await openTestCore(context, QUIET);
  const folder = temporaryFolder(context);
  manyFiles(folder, 6_000);
  await core.index(folder, { mode: 'shallow' });
  const paused = await start(core, 'action:entries.copy', { sources: [`${folder}/from`], to: `${folder}/to` });
  await underWay(core, paused);
  await core.client.call('action:jobs.pause', { id: paused });
  await core.client.call('action:jobs.resume', { id: paused });
  await core.completed({ id: paused });
  assert.deepEqual(treeOf(`${folder}/to/from`), treeOf(`${folder}/from`));
  mkdirSync(`${folder}/other`);
  const cancelled = await start(core, 'action:entries.copy', { sources: [`${folder}/from`], to: `${folder}/other` });
  await underWay(core, cancelled);
  await core.client.call('action:jobs.cancel', { id: cancelled });
  const end = await jobEnd(core.core, core.client, cancelled);
  assert.equal(end.state, 'cancelled');
  assert.deepEqual(temporaries(folder), []);
  const from = treeOf(`${folder}/from`);
  const copied = Object.entries(treeOf(`${folder}/other`)).filter(([, bytes]) => bytes !== null);
  for (const [name, bytes] of copied) assert.equal(bytes, from[name.slice('from/'.length)]);
  assert.ok((end.result as Carried).done >= copied.length, JSON.stringify(end.result));
});

test('what is put in the place of a folder that was made is not written into', async (context) => {
  const core = await openTestCore(context, QUIET);
  const folder = temporaryFolder(context);
  const files = Array.from({ length: 6_000 }, (_, at) => [`from/in/${at}`, `${at}`]);
  writeTree(folder, { 'to/': '', 'elsewhere/': '', ...Object.fromEntries(files) });
  const copying = await start(core, 'action:entries.copy', { sources: [`${folder}/from`], to: `${folder}/to` });
  await underWay(core, copying, () => existsSync(`${folder}/to/from/in`));
  await core.client.call('action:jobs.pause', { id: copying });
  await jobThat(core.core, core.client, copying, ({ state }) => state !== 'running');
  renameSync(`${folder}/to/from/in`, `${folder}/stolen`);
  symlinkSync(`${folder}/elsewhere`, `${folder}/to/from/in`);
  const before = Object.keys(treeOf(`${folder}/stolen`)).length;
  await core.client.call('action:jobs.resume', { id: copying });
  const { done, failed } = (await core.completed({ id: copying })).result as Carried;
  assert.deepEqual([readdirSync(`${folder}/elsewhere`), readdirSync(`${folder}/stolen`).length], [[], before]);
  assert.deepEqual([done, failed], [before + 2, 6_000 - before]);
});

test('closed in the middle and opened again, it ends as if nothing had been', async (context) => {
  const dataFolder = temporaryFolder(context);
  const folder = temporaryFolder(context);
  manyFiles(folder, 4_000);
  const first = await openTestCore(context, { ...QUIET, dataFolder });
  await first.index(folder, { mode: 'shallow' });
  await start(first, 'action:entries.copy', { sources: [`${folder}/from`], to: `${folder}/to/there` });
  await first.close();
  const again = await openTestCore(context, { ...QUIET, dataFolder });
  const { jobs } = await again.client.call('query:jobs.list', { kind: 'entries.carry_out' });
  for (const job of jobs) await again.completed(job);
  assert.ok(existsSync(`${folder}/to/there/large.bin`));
  assert.deepEqual(temporaries(folder), []);
});

function fileSystem(context: TestContext): ((...options: string[]) => string) | undefined {
  const place = mkdtempSync(join(tmpdir(), 'sd-disk-'));
  context.after(() => {
    spawnSync('umount', ['-l', place]);
    rmSync(place, { recursive: true });
  });
  const mount = (...options: string[]): string => {
    execFileSync('mount', ['-t', 'tmpfs', ...options, 'tmpfs', place], { stdio: 'pipe' });
    return place;
  };
  try {
    mount();
    execFileSync('umount', [place]);
    return mount;
  } catch {
    context.skip('file systems cannot be mounted here');
    return undefined;
  }
}

/** Begins an action on a disk that somebody else fills meanwhile; answers its job once it waits for room. */
async function filledMeanwhile(
  core: TestCore,
  action: 'entries.copy' | 'entries.move',
  input: { sources: string[]; to: string },
  fill: () => void,
): Promise<{ receipt: string; job: JobInfo }> {
  const { plan_id } = await core.client.call(`preview:${action}`, input);
  // Once the plan was looked at again.
  const leave = core.core.events.subscribe(({ resource, change }) => {
    if (resource === 'job' && change === 'created') fill();
  });
  const { result, receipt } = await core.client.call(`action:${action}`, { plan_id });
  leave();
  return { receipt, job: await jobThat(core.core, core.client, result.job.id, isWaiting) };
}

test('a full disk leaves the source whole and nothing half made; once there is room, it goes on', async (context) => {
  const disk = fileSystem(context)?.('-o', 'size=2m');
  if (disk === undefined) return;
  const core = await openTestCore(context, QUIET);
  const folder = temporaryFolder(context);
  for (let at = 0; at < 5; at++) writeFileSync(`${folder}/${at}.bin`, Buffer.alloc(300_000, at));
  mkdirSync(`${disk}/to`);
  const sources = Array.from({ length: 5 }, (_, at) => `${folder}/${at}.bin`);
  const { job: waits } = await filledMeanwhile(core, 'entries.move', { sources, to: `${disk}/to` }, () =>
    writeFileSync(`${disk}/filler`, Buffer.alloc(1_200_000)),
  );
  assert.equal(waits.error?.code, 'DISK_FULL');
  assert.match(waits.error?.way_out ?? '', /make room/);
  assert.deepEqual(temporaries(disk), []);
  for (let at = 0; at < 5; at++) {
    const here = existsSync(`${folder}/${at}.bin`);
    const there = existsSync(`${disk}/to/${at}.bin`);
    assert.ok(here !== there, `${at} is in one place`);
    if (there) assert.equal(lstatSync(`${disk}/to/${at}.bin`).size, 300_000);
  }
  rmSync(`${disk}/filler`);
  await core.client.call('action:jobs.retry', { id: waits.id });
  const done = await core.completed(waits);
  assert.equal((done.result as Carried).done, 5);
  assert.equal((done.result as Carried).verified, 5);
  assert.deepEqual(treeOf(folder), {});
});

test('a copy that is cancelled while it waits for room says what it did, and that can be undone', async (context) => {
  const disk = fileSystem(context)?.('-o', 'size=2m');
  if (disk === undefined) return;
  const core = await openTestCore(context, QUIET);
  const folder = temporaryFolder(context);
  for (let at = 0; at < 5; at++) writeFileSync(`${folder}/${at}.bin`, Buffer.alloc(300_000, at));
  mkdirSync(`${disk}/to`);
  const sources = Array.from({ length: 5 }, (_, at) => `${folder}/${at}.bin`);
  const { receipt, job } = await filledMeanwhile(core, 'entries.copy', { sources, to: `${disk}/to` }, () =>
    writeFileSync(`${disk}/filler`, Buffer.alloc(1_200_000)),
  );
  assert.throws(() => writeFileSync(`${disk}/filler`, Buffer.alloc(2_000_000), { flag: 'a' }), { code: 'ENOSPC' });
  const there = readdirSync(`${disk}/to`).length;
  assert.ok(there > 0 && there < 5, `${there} of 5 fit`);
  const ended = jobEnd(core.core, core.client, job.id);
  await core.client.call('action:jobs.cancel', { id: job.id });
  const cancelled = await ended;
  assert.equal(cancelled.state, 'cancelled');
  assert.equal((cancelled.result as Carried | undefined)?.done, there);
  const { action } = await core.client.call('query:history.info', { receipt });
  assert.equal(action.undoable, true);
  const { actions } = await core.client.call('query:audit.list', { receipt });
  assert.deepEqual([actions[0]?.outcome, actions[0]?.counts?.done], ['cancelled', there]);
  // There is still no room: none is needed to put what was copied into the trash.
  assert.throws(() => writeFileSync(`${disk}/more`, 'no room'), { code: 'ENOSPC' });
  const undo = await core.client.call('preview:history.undo', { receipt });
  assert.match(undo.warnings.join(), /is full: .* until the trash is emptied/);
  const { result } = await core.client.call('action:history.undo', { plan_id: undo.plan_id });
  if (result.job) await core.completed(result.job);
  assert.deepEqual(readdirSync(`${disk}/to`), []);
});

test('what may not be done fails by itself, named; the rest goes on', async (context) => {
  const faults = new FakeUserFiles(nodeUserFiles);
  const core = await openTestCore(context, {
    ...QUIET,
    platform: (platform) => ({ ...platform, workers: inlineWorkers(platform, faults.ports(platform)) }),
  });
  const folder = temporaryFolder(context);
  writeTree(folder, { 'from/a.txt': 'a', 'from/b/c.txt': 'c', 'from/b/d.txt': 'd', 'from/e.txt': 'e', 'to/': '' });
  await core.index(folder, { mode: 'content' });
  faults.failAt(2, 'NOT_READABLE', { call: 'copy' });
  const copied = await act(core, 'copy', { sources: [`${folder}/from`], to: `${folder}/to` });
  assert.deepEqual([copied.failed, copied.problems.length], [1, 1]);
  assert.equal(copied.done, 5);
  assert.deepEqual(temporaries(folder), []);
  rmSync(`${folder}/to/from`, { recursive: true });
  // The second is the folder `b`: what lies below it is left out with it.
  faults.failAt(2, 'NOT_WRITABLE', { call: 'makeFolder' });
  const without = await act(core, 'copy', { sources: [`${folder}/from`], to: `${folder}/to` });
  assert.deepEqual([without.done, without.failed, without.skipped], [3, 1, 2]);
  assert.deepEqual(treeOf(`${folder}/to/from`), { 'a.txt': 'a', 'e.txt': 'e' });
  assert.equal(treeOf(`${folder}/from`)['b/c.txt'], 'c');
});

/** The files of the next batch are copied by then: what was made of them goes again. */
test('whichever write of what was done fails, nothing half made is left; told again, it goes on where it was', async (context) => {
  const disk = new FailingDisk();
  const core = await openTestCore(context, {
    ...QUIET,
    platform: (platform) => ({
      ...platform,
      workers: inlineWorkers(platform, { ...disk.ports(platform), userFiles: async () => nodeUserFiles }),
    }),
  });
  const folder = temporaryFolder(context);
  const files: Record<string, string> = { 'to/': '' };
  for (let at = 0; at < 2_100; at++) files[`from/${at % 3}/${at}.txt`] = `bytes ${at}`;
  writeTree(folder, files);
  await core.index(folder, { mode: 'shallow' });
  const { plan_id } = await core.client.call('preview:entries.copy', {
    sources: [`${folder}/from`],
    to: `${folder}/to`,
  });
  // Of each batch: what is begun, what the index is to follow, what came of it.
  let failed = 0;
  const leave = core.core.events.subscribe(({ resource, change, data }) => {
    const job = resource === 'job' && change === 'updated' ? (data?.['job'] as JobInfo) : undefined;
    if (job?.kind === 'entries.carry_out' && job.state === 'running') disk.failAt((failed % 3) + 1);
  });
  const { result } = await core.client.call('action:entries.copy', { plan_id });
  const copies = (): number => readdirSync(`${folder}/to`, { recursive: true }).length;
  for (let there = copies(); ; there = copies()) {
    const job = await jobThat(
      core.core,
      core.client,
      result.job.id,
      ({ state, next_try_at }) => ['completed', 'failed'].includes(state) || next_try_at !== undefined,
    );
    if (job.state === 'completed') break;
    failed++;
    assert.equal(job.error?.code, 'DISK_FULL');
    assert.ok(copies() >= there, 'what was done is not done again');
    await core.client.call('action:jobs.retry', { id: job.id });
  }
  leave();
  assert.ok(failed > 3, `${failed} writes failed`);
  assert.deepEqual(temporaries(folder), []);
  assert.deepEqual(treeOf(`${folder}/to/from`), treeOf(`${folder}/from`));
  const { locations } = await core.client.call('query:locations.list', {});
  const { added, modified, moved, removed } = (await core.rescan(locations[0]?.id ?? '', { full: true }))
    .result as Record<string, number>;
  assert.deepEqual({ added, modified, moved, removed }, { added: 0, modified: 0, moved: 0, removed: 0 });
});

test('what is in a new folder comes with it by one rename; where it cannot come, nothing is left', async (context) => {
  const faults = new FakeUserFiles(nodeUserFiles);
  const core = await openTestCore(context, {
    ...QUIET,
    platform: (platform) => ({ ...platform, workers: inlineWorkers(platform, faults.ports(platform)) }),
  });
  const folder = temporaryFolder(context);
  writeTree(folder, { 'from/a.txt': 'a', 'from/b/c.txt': 'c', 'from/b/d/e.txt': 'e', 'to/': '' });
  await core.index(folder, { mode: 'content' });
  faults.failAt(1, 'NOT_WRITABLE', { call: 'rename' });
  const without = await act(core, 'copy', { sources: [`${folder}/from`], to: `${folder}/to` });
  assert.deepEqual([without.done, without.failed, without.skipped], [0, 1, 5]);
  assert.deepEqual(readdirSync(`${folder}/to`), []);
  const renames = faults.calls.rename;
  const copied = await act(core, 'copy', { sources: [`${folder}/from`], to: `${folder}/to` });
  assert.equal(copied.done, 6);
  assert.equal(faults.calls.rename - renames, 1);
  assert.deepEqual(treeOf(`${folder}/to/from`), treeOf(`${folder}/from`));
});

test('a move whose source cannot be removed leaves it there, and no copy', async (context) => {
  const other = fileSystem(context)?.();
  if (other === undefined) return;
  const faults = new FakeUserFiles(nodeUserFiles);
  const core = await openTestCore(context, {
    ...QUIET,
    platform: (platform) => ({ ...platform, workers: inlineWorkers(platform, faults.ports(platform)) }),
  });
  const folder = temporaryFolder(context);
  writeTree(folder, { 'from/a.txt': 'a' });
  faults.failAt(1, 'NOT_WRITABLE', { call: 'remove' });
  const moved = await act(core, 'move', { sources: [`${folder}/from`], to: other });
  assert.deepEqual([moved.failed, moved.problems.length], [1, 1]);
  assert.deepEqual(treeOf(folder), { from: null, 'from/a.txt': 'a' });
  assert.deepEqual(treeOf(other), { from: null });
});

test('a disk that is gone is waited for, and its mount point is not written to', async (context) => {
  const mount = fileSystem(context);
  const disk = mount?.();
  if (disk === undefined) return;
  const core = await openTestCore(context, QUIET);
  const folder = temporaryFolder(context);
  manyFiles(folder, 3_000);
  const { plan_id } = await core.client.call('preview:entries.copy', { sources: [`${folder}/from`], to: disk });
  const { result } = await core.client.call('action:entries.copy', { plan_id });
  await underWay(core, result.job.id);
  execFileSync('umount', ['-l', disk]);
  const end = await jobThat(core.core, core.client, result.job.id, isWaiting);
  assert.equal(end.error?.code, 'OFFLINE');
  assert.deepEqual(readdirSync(disk), []);
});
