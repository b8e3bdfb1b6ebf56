import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type TestContext, test } from 'node:test';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import { FakeUserFiles } from '../src/testing/fake-user-files.ts';
import { act, treeOf, writeTree } from '../src/testing/file-world.ts';
import { inlineWorkers } from '../src/testing/inline-workers.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

const QUIET = { watching: { limit: 0 } } as const;

/** A core whose file system says of the n-th rename that it crosses to another. */
async function world(context: TestContext) {
  ownTrash(context);
  const faults = new FakeUserFiles(nodeUserFiles);
  const core = await openTestCore(context, {
    ...QUIET,
    platform: (platform) => ({ ...platform, workers: inlineWorkers(platform, faults.ports(platform)) }),
  });
  const crosses = (at: number): void => faults.failAt(at, 'CROSSES_VOLUME', { call: 'rename' });
  return { core, crosses, folder: temporaryFolder(context) };
}

async function undone(core: TestCore, receipt: string): Promise<void> {
  const { result } = await core.client.call('action:history.undo', { receipt });
  if (result.job) await core.completed(result.job);
}

test('a folder that the file system does not rename is copied, compared and removed, and stays the folder it was', async (context) => {
  const { core, crosses, folder } = await world(context);
  writeTree(folder, { 'from/a/b/1': 'one', 'from/a/2': 'two', 'from/3': 'three', 'from/empty/': '', 'to/': '' });
  symlinkSync('3', `${folder}/from/link`);
  chmodSync(`${folder}/from/a`, 0o750);
  utimesSync(`${folder}/from/a`, 1_000, 1_000);
  const before = treeOf(folder);
  await core.index(folder, { mode: 'content' });
  const info = (path: string) => core.client.call('query:vdfs.entry_info', { path });
  const [wasFolder, wasFile] = [await info(`${folder}/from/a`), await info(`${folder}/from/a/b/1`)];
  crosses(1);
  const moved = await act(core, 'move', { sources: [`${folder}/from`], to: `${folder}/to` });
  assert.deepEqual([moved.failed, moved.skipped, moved.verified], [0, 0, 3], JSON.stringify(moved));
  const { '3': three, ...rest } = treeOf(`${folder}/to/from`);
  assert.equal(three, 'three');
  assert.deepEqual(rest, { a: null, 'a/2': 'two', 'a/b': null, 'a/b/1': 'one', empty: null, link: '-> 3' });
  assert.deepEqual(
    Object.keys(treeOf(folder)).filter((name) => name.startsWith('from')),
    [],
  );
  const facts = lstatSync(`${folder}/to/from/a`);
  assert.deepEqual([facts.mode & 0o777, facts.mtimeMs], [0o750, 1_000_000]);
  assert.equal((await info(`${folder}/to/from/a`)).id, wasFolder.id);
  assert.equal((await info(`${folder}/to/from/a/b/1`)).id, wasFile.id);
  await undone(core, moved.receipt);
  assert.deepEqual(treeOf(folder), before);
});

test('one that lies in a folder that is merged is removed before that', async (context) => {
  const { core, crosses, folder } = await world(context);
  writeTree(folder, { 'from/a/1': 'one', 'from/b/2': 'two', 'from/c': 'three', 'to/from/x': 'there' });
  const before = treeOf(folder);
  await core.index(folder, { mode: 'content' });
  crosses(1);
  crosses(3);
  const moved = await act(core, 'move', { sources: [`${folder}/from`], to: `${folder}/to` });
  assert.deepEqual([moved.failed, moved.skipped], [0, 0], JSON.stringify(moved));
  const there = { 'from/a': null, 'from/a/1': 'one', 'from/b': null, 'from/b/2': 'two', 'from/c': 'three' };
  assert.deepEqual(treeOf(folder), { to: null, ...prefixed({ from: null, ...there, 'from/x': 'there' }) });
  await undone(core, moved.receipt);
  assert.deepEqual(treeOf(folder), before);
});

function prefixed(tree: Readonly<Record<string, string | null>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(tree).map(([name, bytes]) => [`to/${name}`, bytes]));
}

test('on a real overlay, folders of its lower layer are moved, renamed and undone', async (context) => {
  ownTrash(context);
  const place = mkdtempSync(`${tmpdir()}/sd-overlay-`);
  const at = `${place}/at`;
  for (const name of ['lower', 'upper', 'work', 'at']) mkdirSync(`${place}/${name}`);
  writeTree(`${place}/lower`, { 'from/a/1': 'one', 'from/2': 'two', 'lower/x': 'x', 'to/': '' });
  const options = `lowerdir=${place}/lower,upperdir=${place}/upper,workdir=${place}/work,redirect_dir=off`;
  try {
    execFileSync('mount', ['-t', 'overlay', '-o', options, 'overlay', at], { stdio: 'ignore' });
  } catch {
    rmSync(place, { recursive: true });
    return context.skip('no overlay can be mounted here');
  }
  const core = await openTestCore({ after: (call) => context.after(call) }, QUIET);
  context.after(async () => {
    await core.close();
    execFileSync('umount', [at]);
    rmSync(place, { recursive: true });
  });
  await core.index(at, { mode: 'content' });
  const { warnings } = await core.client.call('preview:entries.move', { sources: [`${at}/from`], to: `${at}/to` });
  assert.match(warnings.join(), /copied, compared, and then removed/);
  const moved = await act(core, 'move', { sources: [`${at}/from`], to: `${at}/to` });
  assert.deepEqual([moved.failed, moved.skipped, moved.verified], [0, 0, 2], JSON.stringify(moved));
  assert.deepEqual(treeOf(`${at}/to`), { from: null, 'from/2': 'two', 'from/a': null, 'from/a/1': 'one' });
  assert.equal(treeOf(at)['from'], undefined);
  await undone(core, moved.receipt);
  const { 'from/2': two, 'from/a/1': one } = treeOf(at);
  assert.deepEqual([one, two], ['one', 'two']);
  const trashed = await act(core, 'trash', { sources: [`${at}/lower`] });
  assert.match(trashed.problems[0]?.reason ?? '', /does not rename it.*sd rm --forever/);
  assert.equal(treeOf(at)['lower/x'], 'x');
});
