import assert from 'node:assert/strict';
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { NOTHING_DIFFERS, counted, decay, verified } from '../src/testing/verify-fixture.ts';

/** A time in whole seconds, so that it can be put back exactly. */
const THEN = 1_700_000_000;

/** A core with a folder of known content; times are whole seconds. */
async function withTree(
  context: TestContext,
  options: { mode?: 'shallow' | 'content'; rules?: Record<string, unknown> } = {},
) {
  const tree = temporaryFolder(context, 'sd-verify-');
  mkdirSync(`${tree}/a/b`, { recursive: true });
  const write = (path: string, content: string | Buffer, time = THEN): void => {
    writeFileSync(`${tree}/${path}`, content);
    utimesSync(`${tree}/${path}`, time, time);
  };
  write('one.txt', 'one');
  write('a/two.txt', 'two');
  write('a/b/large.bin', Buffer.alloc(300_000, 7));
  write('copy.bin', Buffer.alloc(300_000, 7));
  writeFileSync(Buffer.concat([Buffer.from(`${tree}/a/`), Buffer.from([0x62, 0xff, 0xfe])]), 'no text');
  const core = await openTestCore(context);
  const { location } = await core.index(tree, { mode: 'content', ...options });
  return { tree, write, core, location: location.id };
}

test('a location that is as it was indexed agrees, and what was looked at is counted', async (context) => {
  const { core, location } = await withTree(context);
  const report = await verified(core, location);
  assert.deepEqual([report.agrees, counted(report), report.files, report.folders], [true, NOTHING_DIFFERS, 5, 2]);
  assert.equal(report.bytes, 600_013);
  assert.equal(report.contents, undefined);
});

test('missing, unindexed and changed are told apart, counted to the last entry, and the index stays as it is', async (context) => {
  const { core, tree, write, location } = await withTree(context);
  rmSync(`${tree}/a/b`, { recursive: true });
  mkdirSync(`${tree}/new/deep`, { recursive: true });
  write('new/deep/x', 'x');
  write('one.txt', 'other');
  write('copy.bin', Buffer.alloc(300_000, 7), THEN + 1);
  const first = await verified(core, location);
  // b and large.bin; new, deep and x; two files; and a itself, whose time went with b.
  assert.deepEqual(counted(first), { ...NOTHING_DIFFERS, missing: 2, unindexed: 3, changed: 2, folder_times: 1 });
  assert.equal(first.agrees, false);
  assert.deepEqual(
    first.named.missing.map(({ path }) => path),
    [`${tree}/a/b`],
  );
  assert.deepEqual(
    first.named.unindexed.map(({ path }) => path),
    [`${tree}/new`, `${tree}/new`],
  );
  assert.deepEqual(first.named.changed.map(({ path, reason }) => [path, reason]).sort(), [
    [`${tree}/copy.bin`, 'another time'],
    [`${tree}/one.txt`, 'another size'],
  ]);
  assert.deepEqual(counted(await verified(core, location)), counted(first));
});

test('repair reads anew what differs, and then they agree', async (context) => {
  const { core, tree, write, location } = await withTree(context);
  rmSync(`${tree}/a/two.txt`);
  write('new.txt', 'another size, so that it is not taken for the one that went');
  const report = await verified(core, location, { repair: true });
  assert.deepEqual([report.repair?.folders, report.repair?.whole, report.repair?.contents], [2, false, 0]);
  const { result } = await core.completed({ id: report.repair?.job ?? '' });
  assert.deepEqual([(result as { added: number }).added, (result as { removed: number }).removed], [1, 1]);
  assert.equal((await verified(core, location)).agrees, true);
  assert.equal((await verified(core, location, { repair: true })).repair?.job, undefined);
});

test('a scan that trusts a signature misses what a repair finds', async (context) => {
  const { core, tree, location } = await withTree(context);
  // As after a crash of the disk under the index: a row that is not what the folder was listed as.
  const id =
    (await verified(core, location)).agrees &&
    (await core.client.call('query:vdfs.entry_info', { path: `${tree}/one.txt` })).id;
  assert.ok(id);
  await core.close();
  await spoil(core.dataFolder, id);
  const again = await openTestCore(context, { dataFolder: core.dataFolder });
  await again.rescan(location);
  const report = await verified(again, location, { repair: true });
  assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, changed: 1 });
  await again.completed({ id: report.repair?.job ?? '' });
  assert.equal((await verified(again, location)).agrees, true);
});

test('a turned byte is found, with the copies that are right, and only repair with content accepts it', async (context) => {
  const { core, tree, location } = await withTree(context);
  const before = await verified(core, location, { content: true });
  assert.equal(before.agrees, true);
  assert.deepEqual(before.contents, { files: 5, bytes: 13 + 2 * 57_344, full: 0, skipped: 0, unidentified: 0 });
  decay(`${tree}/copy.bin`);
  decay(`${tree}/one.txt`);
  assert.equal((await verified(core, location)).agrees, true, 'size and time say nothing of it');
  const report = await verified(core, location, { content: true });
  assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, corrupt: 2 });
  const [one, copy] = report.named.corrupt.sort((a, b) => b.path.localeCompare(a.path));
  assert.deepEqual([one?.path, one?.copies], [`${tree}/one.txt`, []]);
  assert.deepEqual(
    [copy?.path, copy?.compared, copy?.copies],
    [`${tree}/copy.bin`, 'sampled', [`${tree}/a/b/large.bin`]],
  );
  assert.notEqual(copy?.expected, copy?.found);
  // Without content there is nothing to repair, and a corrupt file is not taken for right.
  assert.equal((await verified(core, location, { repair: true })).repair?.job, undefined);
  assert.equal((await verified(core, location, { content: true })).corrupt, 2);
  const repaired = await verified(core, location, { content: true, repair: true });
  assert.deepEqual([repaired.repair?.contents, repaired.repair?.left], [2, 0]);
  await core.completed({ id: repaired.repair?.job ?? '' });
  const after = await verified(core, location, { content: true });
  assert.deepEqual([after.agrees, after.contents?.files], [true, 5]);
});

test('where every byte was hashed once, a byte that no sample sees is found', async (context) => {
  const { core, tree, location } = await withTree(context);
  const { result } = await core.client.call('action:content.verify_duplicates', {});
  await core.completed(result.job);
  decay(`${tree}/copy.bin`, 10_000);
  const report = await verified(core, location, { content: true });
  assert.deepEqual([report.corrupt, report.contents?.full], [1, 2]);
  assert.deepEqual(
    report.named.corrupt.map(({ path, compared, copies }) => [path, compared, copies]),
    [[`${tree}/copy.bin`, 'full', [`${tree}/a/b/large.bin`]]],
  );
});

test('a file that changed openly is not called corrupt', async (context) => {
  const { core, write, location } = await withTree(context);
  write('one.txt', 'two', THEN + 5);
  const report = await verified(core, location, { content: true });
  assert.deepEqual([counted(report), report.contents?.skipped], [{ ...NOTHING_DIFFERS, changed: 1 }, 1]);
});

test('a folder that became a symbolic link is gone, though it leads to what it was', async (context) => {
  const { core, tree, location } = await withTree(context);
  const elsewhere = temporaryFolder(context, 'sd-verify-');
  renameSync(`${tree}/a`, `${elsewhere}/a`);
  symlinkSync(`${elsewhere}/a`, `${tree}/a`);
  const report = await verified(core, location, { content: true });
  // two.txt, the name that is no text, b, large.bin.
  assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, missing: 4, changed: 1 });
  assert.equal(report.contents?.files, 2);
});

test('the rules are followed, and what they leave out since then is said', async (context) => {
  const { core, tree, location, write } = await withTree(context, { rules: { exclude: ['*.tmp'] } });
  write('x.tmp', 'x');
  assert.equal((await verified(core, location)).agrees, true);
  await core.client.call('action:locations.update', { location, rules: { exclude: ['*.tmp', 'b'] } });
  for (const { id } of (await core.client.call('query:jobs.list', {})).jobs) await core.completed({ id });
  assert.equal((await verified(core, location)).agrees, true, `${tree} was scanned under the new rules`);
});

test('only the folder that was asked for', async (context) => {
  const { core, tree, location, write } = await withTree(context);
  write('outside.txt', 'x');
  write('a/b/inside.txt', 'x');
  linkSync(`${tree}/a/two.txt`, `${tree}/a/three.txt`);
  const report = await verified(core, location, { within: `${tree}/a/b`, content: true });
  assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, unindexed: 1 });
  assert.deepEqual([report.files, report.folders, report.contents?.files], [2, 0, 1]);
  await assert.rejects(
    core.client.call('action:locations.verify', { location, within: `${tree}/nowhere` }),
    /no folder of the index/,
  );
});

test('a location that is away is an error and no report of what is missing', async (context) => {
  const { core, tree, location } = await withTree(context);
  renameSync(tree, `${tree}.away`);
  context.after(() => rmSync(`${tree}.away`, { recursive: true, force: true }));
  await assert.rejects(core.client.call('action:locations.verify', { location }), { code: 'OFFLINE' });
});

async function spoil(dataFolder: string, entry: number): Promise<void> {
  const { openLibraries } = await import('../src/testing/library-fixture.ts');
  const { libraries } = await openLibraries(dataFolder);
  try {
    await libraries.open().write((tx) => tx.run('UPDATE entries SET size = size + 1 WHERE id = ?', entry));
  } finally {
    await libraries.stop();
  }
}
