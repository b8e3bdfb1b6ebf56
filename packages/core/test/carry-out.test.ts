import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type TestContext, test } from 'node:test';
import { act, treeOf, writeTree } from '../src/testing/file-world.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

async function world(context: TestContext, files: Readonly<Record<string, string>>): Promise<[TestCore, string]> {
  const core = await openTestCore(context, { watching: { limit: 0 } });
  const folder = temporaryFolder(context);
  writeTree(folder, files);
  await core.index(folder, { mode: 'content' });
  return [core, folder];
}

/** What the index has of a folder, all the way down. */
async function indexed(core: TestCore, folder: string): Promise<string[]> {
  const names: string[] = [];
  const look = async (path: string, prefix: string): Promise<void> => {
    const { entries } = await core.client.call('query:vdfs.list_entries', { path, limit: 500 });
    for (const entry of entries) {
      assert.ok(entry.indexed, `${entry.name} is indexed`);
      names.push(prefix + entry.name);
      if (entry.type === 'folder') await look(`${path}/${entry.name}`, `${prefix}${entry.name}/`);
    }
  };
  await look(folder, '');
  return names.sort();
}

async function idOf(core: TestCore, path: string): Promise<number | undefined> {
  return (await core.client.call('query:vdfs.entry_info', { path })).id;
}

/** Disk and index agree. */
async function agree(core: TestCore, folder: string): Promise<void> {
  assert.deepEqual(await indexed(core, folder), Object.keys(treeOf(folder)).sort());
}

test('a copied folder has all that is in it, with its times; the index has it at once', async (context) => {
  const [core, folder] = await world(context, {
    'from/a.txt': 'aaa',
    'from/deep/b.txt': 'bbbb',
    'from/empty/': '',
    'to/': '',
  });
  symlinkSync('a.txt', `${folder}/from/link`);
  utimesSync(`${folder}/from/deep`, 1_000_000, 1_000_000);
  utimesSync(`${folder}/from/a.txt`, 2_000_000, 2_000_000);
  chmodSync(`${folder}/from/empty`, 0o500);
  const done = await act(core, 'copy', { sources: [`${folder}/from`], to: `${folder}/to` });
  assert.deepEqual(done.problems, []);
  assert.deepEqual([done.done, done.skipped, done.failed, done.bytes], [6, 0, 0, 12]);
  assert.deepEqual(treeOf(`${folder}/to/from`), treeOf(`${folder}/from`));
  assert.equal(lstatSync(`${folder}/to/from/deep`).mtimeMs, 1_000_000_000);
  assert.equal(lstatSync(`${folder}/to/from/a.txt`).mtimeMs, 2_000_000_000);
  assert.equal(lstatSync(`${folder}/to/from/empty`).mode & 0o777, 0o500);
  await agree(core, `${folder}/to`);
  assert.deepEqual(core.warnings, []);
});

test('what is moved and renamed within a volume keeps its entry, and what it holds', async (context) => {
  const [core, folder] = await world(context, { 'from/a.txt': 'aaa', 'from/deep/b.txt': 'b', 'to/': '' });
  const [id, below] = [await idOf(core, `${folder}/from`), await idOf(core, `${folder}/from/deep/b.txt`)];
  await act(core, 'move', { sources: [`${folder}/from`], to: `${folder}/to` });
  await act(core, 'rename', { path: `${folder}/to/from`, name: 'renamed' });
  assert.deepEqual(Object.keys(treeOf(folder)), [
    'to',
    'to/renamed',
    'to/renamed/a.txt',
    'to/renamed/deep',
    'to/renamed/deep/b.txt',
  ]);
  assert.equal(await idOf(core, `${folder}/to/renamed`), id);
  assert.equal(await idOf(core, `${folder}/to/renamed/deep/b.txt`), below);
  await agree(core, folder);
});

test('what goes to the trash comes back as what it was', async (context) => {
  const [core, folder] = await world(context, { 'a/b.txt': 'b', 'c.txt': 'c' });
  const id = await idOf(core, `${folder}/a/b.txt`);
  const { receipt, done } = await act(core, 'trash', { sources: [`${folder}/a`, `${folder}/c.txt`] });
  assert.equal(done, 2);
  assert.deepEqual(treeOf(folder), {});
  await agree(core, folder);
  const { items } = await core.client.call('query:entries.list_trash', {});
  assert.equal(items.length, 2);
  await act(core, 'restore', { receipt });
  assert.deepEqual(treeOf(folder), { a: null, 'a/b.txt': 'b', 'c.txt': 'c' });
  assert.equal(await idOf(core, `${folder}/a/b.txt`), id);
  await agree(core, folder);
  assert.equal((await core.client.call('query:entries.list_trash', {})).items.length, 0);
});

test('deleted for good, made, and given other times', async (context) => {
  const [core, folder] = await world(context, { 'a/b/c.txt': 'c', 'keep.txt': 'k' });
  await act(core, 'delete', { sources: [`${folder}/a`] });
  await act(core, 'create_folder', { path: `${folder}/new/deep`, parents: true });
  await act(core, 'create_file', { path: `${folder}/new/deep/empty.txt` });
  await act(core, 'set_times', { sources: [`${folder}/keep.txt`], modified: 1_700_000_000_000 });
  assert.deepEqual(treeOf(folder), { 'keep.txt': 'k', new: null, 'new/deep': null, 'new/deep/empty.txt': '' });
  assert.equal(lstatSync(`${folder}/keep.txt`).mtimeMs, 1_700_000_000_000);
  await agree(core, folder);
  assert.equal(
    (await core.client.call('query:vdfs.entry_info', { path: `${folder}/keep.txt` })).modified,
    1_700_000_000_000,
  );
});

const BOTH = { 'from/same.txt': 'new', 'from/other.txt': 'o', 'to/from/same.txt': 'older', 'to/from/kept.txt': 'k' };

test('folders merge; what is there already is skipped, replaced, or kept beside', async (context) => {
  const [core, folder] = await world(context, BOTH);
  const copy = { sources: [`${folder}/from`], to: `${folder}/to` };
  const skipped = await act(core, 'copy', { ...copy, on_conflict: 'skip' });
  assert.deepEqual([skipped.done, skipped.skipped], [2, 1]);
  assert.deepEqual(treeOf(`${folder}/to/from`), { 'kept.txt': 'k', 'other.txt': 'o', 'same.txt': 'older' });
  await act(core, 'copy', { ...copy, on_conflict: 'keep_both' });
  assert.deepEqual(treeOf(`${folder}/to/from`), {
    'kept.txt': 'k',
    'other 2.txt': 'o',
    'other.txt': 'o',
    'same 2.txt': 'new',
    'same.txt': 'older',
  });
  await act(core, 'copy', { ...copy, on_conflict: 'replace' });
  assert.equal(readFileSync(`${folder}/to/from/same.txt`, 'utf8'), 'new');
  const { items } = await core.client.call('query:entries.list_trash', {});
  assert.deepEqual(items.map(({ name }) => name).sort(), ['other.txt', 'same.txt']);
  await agree(core, folder);
});

test('the newer, or the larger, wins', async (context) => {
  const [core, folder] = await world(context, {
    'a/newer.txt': '1',
    'a/older.txt': '1',
    'b/newer.txt': '2',
    'b/older.txt': '2',
    'a/large.txt': '1111',
    'a/small.txt': '1',
    'b/large.txt': '22',
    'b/small.txt': '22',
  });
  for (const [name, time] of [
    ['a/newer.txt', 30],
    ['b/newer.txt', 20],
    ['a/older.txt', 10],
    ['b/older.txt', 20],
  ] as const)
    utimesSync(`${folder}/${name}`, time, time);
  const names = (...all: string[]) => all.map((name) => `${folder}/a/${name}.txt`);
  await act(core, 'copy', { sources: names('newer', 'older'), to: `${folder}/b`, on_conflict: 'newer' });
  await act(core, 'move', { sources: names('large', 'small'), to: `${folder}/b`, on_conflict: 'larger' });
  assert.deepEqual(treeOf(folder), {
    a: null,
    b: null,
    'a/newer.txt': '1',
    'a/older.txt': '1',
    'a/small.txt': '1',
    'b/large.txt': '1111',
    'b/newer.txt': '1',
    'b/older.txt': '2',
    'b/small.txt': '22',
  });
  await agree(core, folder);
});

test('each conflict has its own choice; a folder that is kept beside takes all below it along', async (context) => {
  const [core, folder] = await world(context, BOTH);
  const input = { sources: [`${folder}/from`], to: `${folder}/to` };
  const plan = await core.client.call('preview:entries.copy', input);
  const about = (part: string) => plan.conflicts.find((conflict) => conflict.about.includes(part))?.id ?? '';
  assert.equal(plan.conflicts.length, 2, JSON.stringify(plan.conflicts));
  const of = plan.conflicts.find(({ choices }) => choices.includes('merge'))?.id ?? about('from');
  const done = await act(core, 'copy', input, { [of]: 'keep_both' });
  assert.deepEqual(done.problems, []);
  assert.deepEqual(treeOf(`${folder}/to`), {
    from: null,
    'from 2': null,
    'from 2/other.txt': 'o',
    'from 2/same.txt': 'new',
    'from/kept.txt': 'k',
    'from/same.txt': 'older',
  });
  await act(core, 'move', { ...input, on_conflict: 'skip' }, { [of]: 'replace' });
  assert.deepEqual(treeOf(`${folder}/to/from`), { 'other.txt': 'o', 'same.txt': 'new' });
  assert.deepEqual(
    Object.keys(treeOf(folder)).filter((name) => name.startsWith('from')),
    [],
  );
  await agree(core, folder);
});

test('what changes between the plan and its step is left as it is, and named', async (context) => {
  const [core, folder] = await world(context, { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c', 'to/': '' });
  const plan = await core.client.call('preview:entries.move', {
    sources: [`${folder}/a.txt`, `${folder}/b.txt`, `${folder}/c.txt`],
    to: `${folder}/to`,
  });
  writeFileSync(`${folder}/a.txt`, 'changed');
  await assert.rejects(core.client.call('action:entries.move', { plan_id: plan.plan_id }), { code: 'PLAN_STALE' });
  assert.deepEqual(treeOf(`${folder}/to`), {});
});

test('refused', async (context) => {
  const [core, folder] = await world(context, { 'a/b/c.txt': 'c' });
  const refused = (action: string, input: Readonly<Record<string, unknown>>, code: string) =>
    assert.rejects(act(core, action as 'copy', input), { code }, `${action} ${JSON.stringify(input)}`);
  await refused('move', { sources: [`${folder}/a`], to: `${folder}/a/b` }, 'CONFLICT');
  await refused('copy', { sources: [`${folder}/a`], to: `${folder}/a/b` }, 'CONFLICT');
  await refused('copy', { sources: [`${folder}/nothing`], to: folder }, 'NOT_FOUND');
  await refused('rename', { path: `${folder}/a`, name: 'x/y' }, 'INVALID_INPUT');
  await refused('create_file', { path: `${folder}/a/b/c.txt` }, 'ALREADY_EXISTS');
  renameSync(`${folder}/a`, `${folder}/z`);
  rmSync(`${folder}/z`, { recursive: true });
});

test('verified: what is there, what the index has of it, and every byte where that is wanted', async (context) => {
  const [core, folder] = await world(context, { 'a/b.txt': 'bytes', 'a/c/d.txt': 'd', 'to/': '' });
  const input = { sources: [`${folder}/a`], to: `${folder}/to`, hash: true };
  const { receipt } = await act(core, 'copy', input);
  const verify = () => core.client.call('verify:entries.copy', { receipt });
  const good = await verify();
  assert.deepEqual(
    good.observed.filter(({ ok }) => !ok),
    [],
  );
  assert.ok(good.ok);
  const copy = `${folder}/to/a/b.txt`;
  const { mtimeMs } = lstatSync(copy);
  writeFileSync(copy, 'BYTES');
  utimesSync(copy, mtimeMs / 1000, mtimeMs / 1000);
  const rotten = await verify();
  assert.ok(!rotten.ok);
  assert.deepEqual(
    rotten.observed.filter(({ ok }) => !ok).map(({ what }) => what.split(' ')[0]),
    ['steps', 'files', 'BLAKE3'],
  );
  rmSync(copy);
  const gone = await verify();
  assert.match(JSON.stringify(gone.observed), /existence of .*b\.txt/);
  const trashed = await act(core, 'trash', { sources: [`${folder}/a`] });
  assert.ok((await core.client.call('verify:entries.trash', { receipt: trashed.receipt })).ok);
});

test('how long a copy took says how long the next will take; what is only renamed takes none', async (context) => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`from/${at}.txt`, 'x'.repeat(5_000)]));
  const [core, folder] = await world(context, { ...files, 'one/': '', 'two/': '' });
  const preview = async (operation: 'copy' | 'move', to: string) => {
    const input = { sources: [`${folder}/from`], to: `${folder}/${to}` };
    return (await core.client.call(`preview:entries.${operation}`, input)).totals;
  };
  assert.equal((await preview('copy', 'one'))?.expected_ms, undefined, 'nothing is known of this disk');
  await act(core, 'copy', { sources: [`${folder}/from`], to: `${folder}/one` });
  const again = await preview('copy', 'two');
  assert.ok((again?.expected_ms ?? 0) > 0, 'the same as it took');
  assert.equal((await preview('move', 'two'))?.expected_ms, undefined);
});
