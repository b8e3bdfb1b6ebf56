import assert from 'node:assert/strict';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import { SdError } from '../src/errors.ts';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { FakeUserFiles } from '../src/testing/fake-user-files.ts';
import { treeOf, writeTree } from '../src/testing/file-world.ts';
import { inlineWorkers } from '../src/testing/inline-workers.ts';
import { endedSurely } from '../src/testing/model-jobs.ts';
import { type TestCore, jobEnd, jobThat, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

const QUIET = { watching: { limit: 0 } } as const;

/** The audit's and the history's word on an action, once its job has ended and both know of it. */
function outcomeOf({ core, client }: TestCore, receipt: string, until: (outcome: string) => boolean) {
  const look = async () => {
    const [audit] = (await client.call('query:audit.list', { receipt })).actions;
    const { action } = await client.call('query:history.info', { receipt });
    return { outcome: audit?.outcome ?? '', counts: audit?.counts, action };
  };
  return new Promise<Awaited<ReturnType<typeof look>>>((resolve, reject) => {
    const again = (): void =>
      void look().then((seen) => {
        if (!until(seen.outcome)) return;
        leave();
        resolve(seen);
      }, reject);
    const leave = core.events.subscribe(({ resource }) => {
      if (resource === 'history' || resource === 'job') again();
    });
    again();
  });
}

async function undone(core: TestCore, receipt: string): Promise<void> {
  const { result } = await core.client.call('action:history.undo', { receipt });
  await endedSurely(core, result.job?.id ?? '');
}

/** A core whose disk fails when it is told to, and a folder with files. */
async function world(context: TestContext) {
  ownTrash(context);
  const faults = new FakeUserFiles(nodeUserFiles);
  const core = await openTestCore(context, {
    ...QUIET,
    platform: (platform) => ({ ...platform, workers: inlineWorkers(platform, faults.ports(platform)) }),
  });
  const folder = temporaryFolder(context);
  writeTree(folder, { 'from/a.txt': 'a', 'from/b.txt': 'b', 'from/c.txt': 'c', 'to/': '' });
  const copy = () => core.client.call('action:entries.copy', { sources: [`${folder}/from`], to: `${folder}/to` });
  return { core, faults, folder, copy, before: treeOf(folder) };
}

test('an action that was cancelled says how far it came, and that much can be undone', async (context) => {
  ownTrash(context);
  const core = await openTestCore(context, QUIET);
  const { client } = core;
  const folder = temporaryFolder(context);
  const files: Record<string, string> = { 'to/': '' };
  for (let at = 0; at < 3_000; at++) files[`from/${at % 20}/${at}.txt`] = `bytes ${at}`;
  writeTree(folder, files);
  writeFileSync(`${folder}/from/large.bin`, Buffer.alloc(64 * 2 ** 20, 1));
  const before = treeOf(folder);
  const underWay = new Promise<void>((resolve) => {
    const leave = core.core.events.subscribe(({ resource, data }) => {
      const job = resource === 'job' ? (data?.['job'] as JobInfo | undefined) : undefined;
      if (job?.kind !== 'entries.carry_out' || job.progress.done === 0) return;
      leave();
      resolve();
    });
  });
  const sources = [`${folder}/from`];
  const { receipt, result } = await client.call('action:entries.copy', { sources, to: `${folder}/to` });
  await underWay;
  await client.call('action:jobs.cancel', { id: result.job.id });
  assert.equal((await jobEnd(core.core, client, result.job.id)).state, 'cancelled');
  const { outcome, counts, action } = await outcomeOf(core, receipt, (seen) => seen === 'cancelled');
  assert.equal(outcome, 'cancelled');
  const made = Object.keys(treeOf(`${folder}/to`)).length;
  assert.ok(made > 0);
  assert.deepEqual([counts?.['done'], action.items, action.undoable], [made, made, true]);
  assert.deepEqual([action.state, action.outcome], ['done', 'cancelled'], 'the history does not take it for whole');
  await undone(core, receipt);
  assert.deepEqual(treeOf(folder), before);
});

test('an action that failed says so; told to try again, it is done, and all of it can be undone', async (context) => {
  const { core, faults, folder, copy, before } = await world(context);
  faults.failAt(2, 'INTERNAL', { call: 'copy' });
  const { receipt, result } = await copy();
  const failed = await jobEnd(core.core, core.client, result.job.id);
  assert.equal(failed.state, 'failed');
  const half = await outcomeOf(core, receipt, (seen) => seen === 'failed');
  const made = Object.keys(treeOf(`${folder}/to`)).length;
  assert.deepEqual([half.counts?.['done'], half.action.items, half.action.outcome], [made, made, 'failed']);
  // A fault that may pass: it waits for its next try.
  faults.failAt(1, 'DISK_FULL', { call: 'copy' });
  await core.client.call('action:jobs.retry', { id: result.job.id });
  const again = await outcomeOf(core, receipt, (seen) => seen !== 'failed');
  assert.deepEqual([again.outcome, again.action.state, again.action.undoable], ['started', 'running', false]);
  await jobThat(core.core, core.client, result.job.id, ({ next_try_at: next }) => next !== undefined);
  await core.client.call('action:jobs.retry', { id: result.job.id });
  await endedSurely(core, result.job.id);
  const whole = await outcomeOf(core, receipt, (seen) => seen === 'done');
  assert.deepEqual([whole.action.outcome, whole.action.items, whole.action.undoable], ['done', 4, true]);
  assert.deepEqual(treeOf(`${folder}/to/from`), treeOf(`${folder}/from`));
  await undone(core, receipt);
  assert.deepEqual(treeOf(folder), before);
});

test('an action that failed before it did anything is not offered to be undone', async (context) => {
  const { core, faults, folder, copy, before } = await world(context);
  faults.failAt(1, 'INTERNAL', { call: 'makeFolder' });
  const { receipt } = await copy();
  const { action } = await outcomeOf(core, receipt, (seen) => seen === 'failed');
  assert.deepEqual([action.items, action.undoable], [0, false]);
  assert.deepEqual(treeOf(folder), before);
});

test('ended between the note in the trash and the rename, it leaves no note, and goes on as if it had not been', async (context) => {
  const data = ownTrash(context);
  let ends = true;
  const trash = (path: string) => {
    const trashed = nodeUserFiles.trash(path);
    if (!ends) return trashed;
    ends = false;
    renameSync(trashed.place, path);
    throw new SdError('INTERNAL', 'made to end there');
  };
  const core = await openTestCore(context, {
    ...QUIET,
    platform: (platform) => ({
      ...platform,
      workers: inlineWorkers(platform, { userFiles: async () => ({ ...nodeUserFiles, trash }) }),
    }),
  });
  const folder = temporaryFolder(context);
  writeTree(folder, { 'a.txt': 'a', 'b.txt': 'b' });
  const sources = [`${folder}/a.txt`, `${folder}/b.txt`];
  const { receipt, result } = await core.client.call('action:entries.trash', { sources });
  assert.equal((await jobEnd(core.core, core.client, result.job.id)).state, 'failed');
  await outcomeOf(core, receipt, (seen) => seen === 'failed');
  assert.deepEqual(treeOf(`${data}/Trash`), { files: null, info: null });
  ends = true;
  await core.client.call('action:jobs.retry', { id: result.job.id });
  assert.equal((await jobEnd(core.core, core.client, result.job.id)).state, 'failed');
  await core.client.call('action:jobs.retry', { id: result.job.id });
  await endedSurely(core, result.job.id);
  assert.deepEqual(readdirSync(`${data}/Trash/files`), ['a.txt', 'b.txt']);
  assert.deepEqual(readdirSync(`${data}/Trash/info`), ['a.txt.trashinfo', 'b.txt.trashinfo']);
  await undone(core, receipt);
  assert.deepEqual(treeOf(folder), { 'a.txt': 'a', 'b.txt': 'b' });
});

test('a library that is closed while a thread writes in it has all of that, or nothing', async (context) => {
  const core = await openTestCore(context, QUIET);
  const { client } = core;
  const folder = temporaryFolder(context);
  const files: Record<string, string> = {};
  for (let at = 0; at < 3_000; at++) files[`${at % 10}/${at}.txt`] = `bytes ${at}`;
  writeTree(folder, files);
  await core.index(folder, { mode: 'shallow' });
  const { libraries } = await client.call('query:libraries.list', {});
  const id = libraries[0]?.id ?? '';
  const targets = { search: { types: ['file'] } } as const;
  for (let round = 0; round < 6; round++) {
    const tag = `Round ${round}`;
    const applied = client.call('action:tags.apply', { tags: [tag], targets, create: true, on: 'entry' }).then(
      ({ receipt }) => ({ receipt, code: '' }),
      (error: { code: string }) => ({ receipt: undefined, code: error.code }),
    );
    // At a moment of its own each time: while it looks for targets, writes, or has answered.
    for (let turn = 0; turn < round * 2; turn++) await client.call('query:libraries.list', {});
    await client.call('action:libraries.close', { which: id });
    const { receipt, code } = await applied;
    if (receipt === undefined) assert.match(code, /^(LIBRARY_CLOSED|CANCELLED|NO_LIBRARY|LIBRARY_NOT_OPEN)$/);
    await client.call('action:libraries.open', { which: id });
    const found = (await client.call('query:tags.list', {})).tags.find(({ name }) => name === tag);
    const { actions } = await client.call('query:history.list', {});
    const isSaid = actions.some(({ summary }) => summary.includes(tag));
    assert.equal(found !== undefined, isSaid, 'the history has it where it was done');
    if (receipt !== undefined) assert.ok(isSaid, 'what was answered is there');
    if (found) assert.equal(found.applied, 3_000);
  }
});
