import assert from 'node:assert/strict';
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { nodeHashing } from '@sd/platform-node/hashing.ts';
import { storeFullHash } from '../src/db/library/full-hashes.ts';
import type { LocationRules } from '../src/domain/location.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';
import { NOTHING_DIFFERS, counted, decay, verified } from '../src/testing/verify-fixture.ts';
import type { LocationReport } from '../src/verifying/report.ts';

/** A time in whole seconds, so that it can be put back exactly. */
const THEN = 1_700_000_000;

/** An indexed folder of known content, which nobody watches; times are whole seconds. */
async function withTree(context: TestContext, rules: Partial<LocationRules> = {}) {
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
  const bench = new ScanBench(temporaryFolder(context));
  context.after(() => bench.close());
  const location = await bench.add(tree, 'content', rules);
  await bench.scan(location);
  const entry = (name: string): number =>
    bench.library.db.prepare<{ id: number }>('SELECT id FROM entries WHERE name = ?').get(name)?.id ?? 0;
  return { tree, write, bench, entry, location };
}

test('a location that is as it was indexed agrees, and what was looked at is counted', async (context) => {
  const { bench, location } = await withTree(context);
  const report = await verified(bench, location);
  assert.deepEqual([report.agrees, counted(report), report.files, report.folders], [true, NOTHING_DIFFERS, 5, 2]);
  assert.equal(report.bytes, 600_013);
  assert.equal(report.contents, undefined);
});

test('missing, unindexed and changed are told apart, counted to the last entry, and the index stays as it is', async (context) => {
  const { bench, tree, write, location } = await withTree(context);
  rmSync(`${tree}/a/b`, { recursive: true });
  mkdirSync(`${tree}/new/deep`, { recursive: true });
  write('new/deep/x', 'x');
  write('one.txt', 'other');
  write('copy.bin', Buffer.alloc(300_000, 7), THEN + 1);
  const first = await verified(bench, location);
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
  assert.deepEqual(
    first.named.changed.map(({ path, reason }) => [path, reason]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    [
      [`${tree}/copy.bin`, 'another time'],
      [`${tree}/one.txt`, 'another size'],
    ],
  );
  assert.deepEqual(counted(await verified(bench, location)), counted(first));
});

test('repair reads anew what differs, and then they agree', async (context) => {
  const { bench, tree, write, location } = await withTree(context);
  rmSync(`${tree}/a/two.txt`);
  write('new.txt', 'another size, so that it is not taken for the one that went');
  const report = await verified(bench, location, { repair: true });
  assert.deepEqual([report.repair?.folders, report.repair?.whole, report.repair?.contents], [2, false, 0]);
  assert.ok(report.repair?.job);
  assert.equal((await verified(bench, location)).agrees, true);
  assert.equal((await verified(bench, location, { repair: true })).repair?.job, undefined);
});

test('a scan that trusts a signature misses what a repair finds', async (context) => {
  const { bench, entry, location } = await withTree(context);
  // A row that is not what the folder was listed as.
  await bench.library.write((tx) => tx.run('UPDATE entries SET size = size + 1 WHERE id = ?', entry('one.txt')));
  assert.equal((await bench.scan(location)).modified, 0);
  const report = await verified(bench, location, { repair: true });
  assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, changed: 1 });
  assert.equal((await verified(bench, location)).agrees, true);
});

test('a turned byte is found, with the copies that are right, and only repair with content accepts it', async (context) => {
  const { bench, tree, location } = await withTree(context);
  const before = await verified(bench, location, { content: true });
  assert.equal(before.agrees, true);
  assert.deepEqual(before.contents, { files: 5, bytes: 13 + 2 * 57_344, full: 0, skipped: 0, unidentified: 0 });
  decay(`${tree}/copy.bin`);
  decay(`${tree}/one.txt`);
  assert.equal((await verified(bench, location)).agrees, true, 'size and time say nothing of it');
  const report = await verified(bench, location, { content: true });
  assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, corrupt: 2 });
  const [one, copy] = report.named.corrupt.sort((a, b) => b.path.localeCompare(a.path));
  assert.deepEqual([one?.path, one?.copies], [`${tree}/one.txt`, []]);
  assert.deepEqual(
    [copy?.path, copy?.compared, copy?.copies],
    [`${tree}/copy.bin`, 'sampled', [`${tree}/a/b/large.bin`]],
  );
  assert.notEqual(copy?.expected, copy?.found);
  // Without content there is nothing to repair, and a corrupt file is not taken for right.
  assert.equal((await verified(bench, location, { repair: true })).repair?.job, undefined);
  assert.equal((await verified(bench, location, { content: true })).corrupt, 2);
  const repaired = await verified(bench, location, { content: true, repair: true });
  assert.deepEqual([repaired.repair?.contents, repaired.repair?.left], [2, 0]);
  const after = await verified(bench, location, { content: true });
  assert.deepEqual([after.agrees, after.contents?.files], [true, 5]);
});

test('where every byte was hashed once, a byte that no sample sees is found', async (context) => {
  const { bench, tree, entry, location } = await withTree(context);
  const hash = nodeHashing().file(`${tree}/copy.bin`, 300_000)?.hash ?? new Uint8Array();
  await bench.library.write((tx) =>
    storeFullHash(tx, { entry: entry('copy.bin'), hash, size: 300_000, mtime: THEN * 1e6 }),
  );
  decay(`${tree}/copy.bin`, 10_000);
  const report = await verified(bench, location, { content: true });
  assert.deepEqual([report.corrupt, report.contents?.full], [1, 1]);
  assert.deepEqual(
    report.named.corrupt.map(({ path, compared, copies }) => [path, compared, copies]),
    [[`${tree}/copy.bin`, 'full', [`${tree}/a/b/large.bin`]]],
  );
});

test('a file that changed openly is not called corrupt', async (context) => {
  const { bench, write, location } = await withTree(context);
  write('one.txt', 'two', THEN + 5);
  const report = await verified(bench, location, { content: true });
  assert.deepEqual([counted(report), report.contents?.skipped], [{ ...NOTHING_DIFFERS, changed: 1 }, 1]);
});

test('a folder that became a symbolic link is gone, though it leads to what it was', async (context) => {
  const { bench, tree, location } = await withTree(context);
  const elsewhere = temporaryFolder(context, 'sd-verify-');
  renameSync(`${tree}/a`, `${elsewhere}/a`);
  symlinkSync(`${elsewhere}/a`, `${tree}/a`);
  const report = await verified(bench, location, { content: true });
  // two.txt, the name that is no text, b, large.bin.
  assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, missing: 4, changed: 1 });
  assert.equal(report.contents?.files, 2);
});

test('the rules are followed, and what they leave out by now is said', async (context) => {
  const { bench, tree, location, write } = await withTree(context, { exclude: ['*.tmp'] });
  write('x.tmp', 'x');
  assert.equal((await verified(bench, location)).agrees, true);
  await bench.change(location, { rules: { exclude: ['b'] } });
  const report = await verified(bench, location);
  assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, missing: 2, unindexed: 1 });
  assert.deepEqual(
    report.named.missing.map(({ path, reason }) => [path, reason]),
    [[`${tree}/a/b`, 'the rule "exclude" leaves it out now']],
  );
});

test('only the folder that was asked for', async (context) => {
  const { bench, tree, entry, location, write } = await withTree(context);
  write('outside.txt', 'x');
  write('a/b/inside.txt', 'x');
  linkSync(`${tree}/a/two.txt`, `${tree}/a/three.txt`);
  const report = await verified(bench, location, { within: entry('b'), content: true });
  assert.deepEqual(counted(report), { ...NOTHING_DIFFERS, unindexed: 1 });
  assert.deepEqual([report.files, report.folders, report.contents?.files], [2, 0, 1]);
});

test('over the wire: a job with a report, within a folder, and a location that is away is an error', async (context) => {
  const tree = temporaryFolder(context, 'sd-verify-');
  mkdirSync(`${tree}/sub`);
  writeFileSync(`${tree}/sub/file`, 'x');
  const { client, completed, index } = await openTestCore(context);
  const { location } = await index(tree, { mode: 'content' });
  const { receipt, result } = await client.call('action:locations.verify', {
    location: location.id,
    within: `${tree}/sub`,
    content: true,
  });
  const report = (await completed(result.job)).result as LocationReport;
  assert.deepEqual([report.agrees, report.files, report.contents?.files], [true, 1, 1]);
  assert.equal((await client.call('verify:locations.verify', { receipt })).ok, true);
  await assert.rejects(client.call('action:locations.verify', { location: location.id, within: `${tree}/nowhere` }), {
    code: 'NOT_FOUND',
  });
  renameSync(tree, `${tree}.away`);
  context.after(() => rmSync(`${tree}.away`, { recursive: true, force: true }));
  await assert.rejects(client.call('action:locations.verify', { location: location.id }), { code: 'OFFLINE' });
});

test('what the watcher has yet to bring into the index is no difference', async (context) => {
  const tree = temporaryFolder(context, 'sd-verify-');
  writeFileSync(`${tree}/first`, 'x');
  const { core, client, completed, index } = await openTestCore(context);
  const { location } = await index(tree, { mode: 'content' });
  const library = core.status().libraries[0]?.id ?? '';
  for (let round = 0; round < 5; round++) {
    await core.watched(library);
    for (let file = 0; file < 20; file++) writeFileSync(`${tree}/${round}-${file}`, 'x');
    const { result } = await client.call('action:locations.verify', { location: location.id });
    const report = (await completed(result.job)).result as LocationReport;
    assert.deepEqual(counted(report), NOTHING_DIFFERS);
  }
});
