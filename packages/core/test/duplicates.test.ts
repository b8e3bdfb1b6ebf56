import assert from 'node:assert/strict';
import { linkSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { nodeHashing } from '@sd/platform-node/hashing.ts';
import { toHex } from '../src/domain/ids.ts';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { findDuplicates } from '../src/operations/content/duplicates.ts';
import { contentInstances } from '../src/operations/content/instances.ts';
import { verifyDuplicates } from '../src/operations/content/verify-duplicates.ts';
import { libraryStatistics } from '../src/operations/library/statistics.ts';
import { DuplicateBench } from '../src/testing/duplicate-fixture.ts';

const KIB = 1024;

async function opened(
  context: TestContext,
  options: ConstructorParameters<typeof DuplicateBench>[0] = {},
): Promise<DuplicateBench> {
  const bench = await new DuplicateBench(options).open();
  context.after(() => bench.remove());
  return bench;
}

/** A large file; `twist` changes one byte that no sample reads. */
function large(fill: number, size = 600 * KIB, twist = 0): Buffer {
  const bytes = Buffer.alloc(size, fill);
  bytes[20 * KIB] = fill ^ twist;
  return bytes;
}
const names = (group: { entries: readonly { name: string }[] }): string[] =>
  group.entries.map(({ name }) => name).sort();
const result = (job: JobInfo) =>
  job.result as Record<string, number> & { named_problems: { path: string; reason: string }[] };

test('duplicates are files with one content; names of one file are not duplicates of each other; empty files are left out', async (context) => {
  const bench = await opened(context);
  const first = bench.write('a/one.txt', 'the same');
  bench.write('b/two.txt', 'the same');
  linkSync(first, join(bench.folder, 'b/one again.txt'));
  linkSync(bench.write('alone.txt', 'one file, two names'), join(bench.folder, 'alone too.txt'));
  bench.write('other.txt', 'different');
  bench.write('empty 1', '');
  bench.write('empty 2', '');
  await bench.index();

  const { groups, total } = await bench.ask(findDuplicates, {});
  assert.equal(groups.length, 1);
  const [group] = groups;
  assert.ok(group);
  assert.deepEqual(names(group), ['one again.txt', 'one.txt', 'two.txt']);
  assert.deepEqual(
    [group.count, group.entries_total, group.size, group.reclaimable_bytes, group.verified],
    [2, 3, 8, 8, 'candidate'],
  );
  assert.deepEqual(total, { groups: 1, files: 2, reclaimable_bytes: 8 });
  assert.equal((await bench.ask(findDuplicates, { min_size: 0 })).total.groups, 2);
  assert.equal((await bench.ask(findDuplicates, { min_size: 9 })).total.groups, 0);
});

test('what is equal in its samples only is told apart by the full hash, and what is equal is verified', async (context) => {
  const bench = await opened(context);
  bench.write('real.bin', large(1));
  bench.write('copy.bin', large(1));
  bench.write('impostor.bin', large(1, 600 * KIB, 0xff));
  bench.write('lone 1.bin', large(2));
  bench.write('lone 2.bin', large(2, 600 * KIB, 1));
  await bench.index();
  assert.deepEqual(
    (await bench.ask(findDuplicates, {})).groups.map(({ count, verified }) => [count, verified]),
    [
      [3, 'candidate'],
      [2, 'candidate'],
    ],
  );

  const job = await bench.verify();
  assert.equal(job.state, 'completed');
  const { groups: contents, files, hashed, equal, differing, incomplete, reclaimable_bytes } = result(job);
  assert.deepEqual(
    { contents, files, hashed, equal, differing, incomplete, reclaimable_bytes },
    { contents: 2, files: 5, hashed: 5, equal: 0, differing: 2, incomplete: 0, reclaimable_bytes: 600 * KIB },
  );

  const { groups, total } = await bench.ask(findDuplicates, {});
  assert.equal(groups.length, 1);
  assert.deepEqual(groups.map(names), [['copy.bin', 'real.bin']]);
  assert.deepEqual([groups[0]?.verified, groups[0]?.full_hash], ['verified', toHex(nodeHashing().blake3(large(1)))]);
  assert.equal(total.reclaimable_bytes, 600 * KIB);
  assert.equal((await bench.ask(findDuplicates, { verified: false })).total.groups, 0);
  assert.equal((await bench.ask(findDuplicates, { verified: true })).total.groups, 1);
  const again = result(await bench.verify());
  assert.deepEqual(
    [again['hashed'], again['differing']],
    [0, 2],
    'what was read and has not changed is not read again',
  );
});

test('a full hash joins the revision of its entry, and is worth nothing once the index sees another size or time', async (context) => {
  const bench = await opened(context);
  bench.write('a', 'same');
  bench.write('b', 'same');
  await bench.index();
  await bench.verify();
  const { db } = bench.library;
  const revisions = db
    .prepare<{ revision: number; last: number }>(
      'SELECT e.revision, s.revision AS last FROM entries e JOIN full_hashes f ON f.entry_id = e.id, write_state s',
    )
    .all();
  assert.equal(revisions.length, 2);
  for (const { revision, last } of revisions) assert.equal(revision, last);
  await bench.library.write(
    (tx) => void tx.run("UPDATE entries SET mtime = mtime + 1, revision = ? WHERE name = 'b'", tx.revision),
  );
  assert.equal((await bench.ask(findDuplicates, {})).groups[0]?.verified, 'partly');
});

test('files that changed, went, or lie on a disk that is away are never trusted, and are named', async (context) => {
  const bench = await opened(context);
  for (const name of ['steady', 'edited', 'gone', 'steady too', 'folder now']) bench.write(name, large(3));
  await bench.index();
  writeFileSync(join(bench.folder, 'edited'), large(3));
  utimesSync(join(bench.folder, 'edited'), 1, 1);
  rmSync(join(bench.folder, 'gone'));
  rmSync(join(bench.folder, 'folder now'));
  bench.write('folder now/x', 'x');
  const { problems, named_problems, incomplete, equal, hashed } = result(await bench.verify());
  assert.deepEqual([problems, incomplete, equal, hashed], [3, 1, 0, 2]);
  const reasons = Object.fromEntries(named_problems.map(({ path, reason }) => [path.split('/').at(-1), reason]));
  assert.match(reasons['edited'] ?? '', /changed since it was indexed/);
  assert.match(reasons['gone'] ?? '', /gone/);
  assert.match(reasons['folder now'] ?? '', /no file any more/);
  const [group] = (await bench.ask(findDuplicates, {})).groups;
  assert.deepEqual([group?.verified, group?.count], ['partly', 5]);

  renameSync(bench.folder, `${bench.folder}-away`);
  const offline = result(await bench.verify());
  assert.equal(offline['hashed'], 0);
  assert.match(offline.named_problems[0]?.reason ?? '', /offline/);
  assert.ok((await bench.ask(findDuplicates, {})).groups[0]?.entries.every((entry) => entry.offline));
});

test('names of one file are read once; a name that only claims to be of the same file is read itself', async (context) => {
  const bench = await opened(context);
  const original = bench.write('original', large(4));
  linkSync(original, join(bench.folder, 'linked'));
  linkSync(original, join(bench.folder, 'replaced'));
  bench.write('copy', large(4));
  await bench.index();
  // Same size and time, other bytes: only its inode on disk says that it is not the file the index knows.
  const { mtime } = bench.library.db
    .prepare<{ mtime: number }>("SELECT mtime FROM entries WHERE name = 'original'")
    .get() ?? { mtime: 0 };
  rmSync(join(bench.folder, 'replaced'));
  writeFileSync(join(bench.folder, 'replaced'), large(4, 600 * KIB, 7));
  utimesSync(join(bench.folder, 'replaced'), mtime / 1e6, mtime / 1e6);
  const seen = result(await bench.verify());
  const hashes = new Map(
    bench.library.db
      .prepare<{ name: string; hash: Uint8Array }>(
        'SELECT e.name, f.hash FROM full_hashes f JOIN entries e ON e.id = f.entry_id',
      )
      .all()
      .map(({ name, hash }) => [name, toHex(hash)]),
  );
  assert.equal(hashes.get('linked'), hashes.get('original'));
  assert.equal(hashes.get('copy'), hashes.get('original'));
  // Setting the time may round it: then the file is refused as changed, which is as good.
  assert.notEqual(hashes.get('replaced'), hashes.get('original'));
  assert.equal(seen['hashed'], hashes.has('replaced') ? 3 : 2);
});

test('paused in the middle, over a restart, and resumed: nothing is read twice, and the end is as if it had not stopped', async (context) => {
  const bench = await opened(context);
  for (let pair = 0; pair < 100; pair++)
    for (const name of ['a', 'b']) bench.write(`${name}/${pair}`, large(pair & 0xff, 200 * KIB + pair));
  for (const name of ['a', 'b']) truncateSync(bench.write(`huge-${name}`, 'x'), 150 * 2 ** 20);
  await bench.index();
  const { id } = await bench.jobs.enqueue({
    library: bench.library.id,
    kind: 'content.verify_duplicates',
    subject: 'test',
    input: { min_size: 1 },
  });
  let pauses = 0;
  while (pauses < 3) {
    const job = await bench.until(
      id,
      ({ state, progress }) => state === 'completed' || (state === 'running' && progress.phase === 'hashing'),
    );
    if (job.state === 'completed') break;
    await bench.jobs.pause(id);
    const { state } = await bench.until(id, ({ stopping, state: now }) => !stopping && now !== 'running');
    if (state === 'completed') break;
    pauses++;
    await bench.close();
    await bench.open();
    assert.equal(bench.jobs.info(id).state, 'paused');
    await bench.jobs.resume(id);
  }
  assert.equal((await bench.jobs.ended(id)).state, 'completed');
  const { groups, files, hashed, equal, problems } = result(bench.jobs.info(id));
  assert.deepEqual({ groups, files, equal, problems }, { groups: 101, files: 202, equal: 101, problems: 0 });
  assert.ok((hashed ?? 0) <= 202, 'counted where it was read');
  assert.equal((await bench.ask(findDuplicates, { verified: true, limit: 1000 })).total.groups, 101);
});

test('cancelled, what is hashed stays and is said; a thread that ends fails the job and frees the lock', async (context) => {
  const bench = await opened(context, {
    workers: (workers) => ({
      ...workers,
      spawn(role, options) {
        const worker = workers.spawn(role, options);
        return {
          ...worker,
          onMessage: (listener) =>
            worker.onMessage((message) =>
              crash
                ? listener({ type: 'failed', error: { code: 'INTERNAL', message: 'crashed', data: {} } })
                : listener(message),
            ),
        };
      },
    }),
  });
  let crash = false;
  for (const name of ['a', 'b', 'c']) truncateSync(bench.write(name, 'x'), 200 * 2 ** 20);
  bench.write('small 1', 'small');
  bench.write('small 2', 'small');
  await bench.index();
  const { id } = await bench.jobs.enqueue({
    library: bench.library.id,
    kind: 'content.verify_duplicates',
    subject: 'test',
    input: { min_size: 1 },
  });
  await bench.until(id, ({ progress }) => progress.phase === 'hashing');
  await bench.jobs.cancel(id);
  const cancelled = await bench.jobs.ended(id);
  assert.equal(cancelled.state, 'cancelled');
  crash = true;
  assert.equal((await bench.verify()).state, 'failed');
  crash = false;
  await bench.library.write((tx) => void tx.run('UPDATE entries SET revision = ? WHERE id = 1', tx.revision));
  assert.equal((await bench.verify()).state, 'completed');
});

test('a location, a folder, a set of contents: only what lies in it counts', async (context) => {
  const bench = await opened(context);
  bench.write('x/one/a', 'twice in one');
  bench.write('x/one/b', 'twice in one');
  bench.write('x/two/a', 'here and there');
  bench.write('y/a', 'here and there');
  const x = await bench.index(join(bench.folder, 'x'));
  await bench.index(join(bench.folder, 'y'));
  const found = async (input: Parameters<typeof bench.ask<typeof findDuplicates>>[1]) =>
    (await bench.ask(findDuplicates, input)).groups.map(names);
  assert.deepEqual(await found({}), [
    ['a', 'a'],
    ['a', 'b'],
  ]);
  assert.deepEqual(await found({ locations: [x] }), [['a', 'b']]);
  assert.deepEqual(await found({ locations: ['y'] }), []);
  assert.deepEqual(await found({ within: join(bench.folder, 'x/one') }), [['a', 'b']]);
  assert.deepEqual(await found({ within: join(bench.folder, 'x/two') }), []);
  await assert.rejects(found({ within: join(bench.folder, 'nowhere') }), { code: 'NOT_FOUND' });
  await assert.rejects(found({ locations: ['y'], within: join(bench.folder, 'x/one') }), { code: 'NOT_FOUND' });
  await assert.rejects(found({ locations: ['no such'] }), { code: 'NOT_FOUND' });

  const [far] = (await bench.ask(findDuplicates, {})).groups;
  const one = await bench.verify({ content_ids: [far?.content_id] });
  assert.equal(result(one)['files'], 2);
  assert.deepEqual(
    (await bench.ask(findDuplicates, {})).groups.map(({ verified }) => verified),
    ['verified', 'candidate'],
  );
  assert.equal(result(await bench.verify({ locations: [x] }))['hashed'], 2);
});

test('what is left of a removed location shows nowhere, swept or not', async (context) => {
  const bench = await opened(context);
  bench.write('x/a', 'same');
  bench.write('x/b', 'same');
  bench.write('y/c', 'same');
  const x = await bench.index(join(bench.folder, 'x'));
  await bench.index(join(bench.folder, 'y'));
  assert.equal((await bench.ask(findDuplicates, {})).groups[0]?.count, 3);
  await bench.library.write((tx) => void tx.run('DELETE FROM locations WHERE name = ?', 'y'));
  const { groups } = await bench.ask(findDuplicates, {});
  assert.deepEqual([groups[0]?.count, groups.map(names)], [2, [['a', 'b']]]);
  assert.deepEqual((await bench.ask(contentInstances, { content_id: groups[0]?.content_id })).total, 2);
  const { files, locations, duplicates } = await bench.ask(libraryStatistics, {});
  assert.deepEqual([files, locations, duplicates.files], [2, 1, 2]);
  assert.equal(result(await bench.verify({ locations: [x] }))['files'], 2);
});

test('page by page every group comes once, those that free most first, also where contents are split by their hashes', async (context) => {
  const bench = await opened(context);
  for (let at = 0; at < 25; at++)
    for (const copy of ['a', 'b']) bench.write(`${copy}/${at}`, large(at, 150 * KIB + (at % 5)));
  for (const copy of ['a', 'b']) bench.write(`${copy}/split`, large(0, 150 * KIB, 9));
  await bench.index();
  await bench.verify();
  const all = (await bench.ask(findDuplicates, { limit: 1000 })).groups;
  assert.equal(all.length, 26);
  const paged: typeof all = [];
  let cursor: string | undefined;
  do {
    const page = await bench.ask(findDuplicates, { limit: 4, ...(cursor === undefined ? {} : { cursor }) });
    assert.equal(page.total.groups, 26);
    paged.push(...page.groups);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  assert.deepEqual(paged, all);
  assert.deepEqual(
    all.map(({ reclaimable_bytes: bytes }) => bytes),
    all.map(({ reclaimable_bytes: bytes }) => bytes).sort((a, b) => b - a),
  );
  const { next_cursor } = await bench.ask(findDuplicates, { limit: 4 });
  await assert.rejects(bench.ask(findDuplicates, { limit: 4, min_size: 2, cursor: next_cursor }), {
    code: 'CURSOR_STALE',
  });
});

test('instances: by content, by path, page by page; with the full hash once all have it', async (context) => {
  const bench = await opened(context);
  for (let copy = 0; copy < 5; copy++) bench.write(`d/${copy}.txt`, 'five times');
  await bench.index();
  const byPath = await bench.ask(contentInstances, { path: join(bench.folder, 'd/3.txt') });
  assert.deepEqual([byPath.total, byPath.entries.length, byPath.full_hash, byPath.size], [5, 5, undefined, 10]);
  assert.equal(byPath.hash, toHex(nodeHashing().blake3(Buffer.from('five times'))));
  assert.deepEqual(await bench.ask(contentInstances, { content_id: byPath.content_id }), byPath);
  assert.deepEqual(await bench.ask(contentInstances, { path: `content://${byPath.content_id}` }), byPath);
  const first = await bench.ask(contentInstances, { content_id: byPath.content_id, limit: 3 });
  const second = await bench.ask(contentInstances, {
    content_id: byPath.content_id,
    limit: 3,
    cursor: first.next_cursor,
  });
  assert.deepEqual([...first.entries, ...second.entries], byPath.entries);
  assert.equal(second.next_cursor, undefined);
  await bench.verify();
  assert.equal((await bench.ask(contentInstances, { content_id: byPath.content_id })).full_hash, byPath.hash);
  await assert.rejects(bench.ask(contentInstances, { path: join(bench.folder, 'nothing') }), { code: 'NOT_FOUND' });
  await assert.rejects(bench.ask(contentInstances, { content_id: '00000000-0000-8000-8000-000000000000' }), {
    code: 'NOT_FOUND',
  });
});

test('verify_duplicates as an action: the preview weighs what is named, the commit starts one job for equal wishes, verify looks at its end', async (context) => {
  const bench = await opened(context);
  bench.write('a', 'same');
  bench.write('b', 'same');
  await bench.index();
  const [group] = (await bench.ask(findDuplicates, {})).groups;
  const input = verifyDuplicates.input.parse({ content_ids: [group?.content_id] });
  const { plan } = await verifyDuplicates.preview(bench.context() as never, input);
  assert.deepEqual([plan.bytes, plan.steps.length], [8, 1]);
  assert.equal(bench.jobs.list().length, 0, 'a preview changes nothing');
  const output = await verifyDuplicates.commit(bench.context() as never, input, {}, undefined);
  assert.equal((await bench.jobs.ended(output.job.id)).state, 'completed');
  const seen = await verifyDuplicates.verify(bench.context() as never, input, verifyDuplicates.output.parse(output));
  assert.ok(seen.ok);
  assert.throws(
    () =>
      verifyDuplicates.preview(
        bench.context() as never,
        verifyDuplicates.input.parse({ content_ids: ['00000000-0000-8000-8000-000000000000'] }),
      ),
    { code: 'NOT_FOUND' },
  );
});

test('statistics count files and bytes once, by kind and by extension, and name the largest', async (context) => {
  const bench = await opened(context);
  linkSync(bench.write('a/big.JPG', large(1)), join(bench.folder, 'again.jpg'));
  bench.write('a/b/small.txt', 'small');
  bench.write('a/b/copy', 'small');
  await bench.index();
  const { entries, files, folders, bytes, extensions, largest, contents, duplicates, revision } = await bench.ask(
    libraryStatistics,
    {},
  );
  assert.deepEqual(
    { entries, files, folders, bytes, contents },
    { entries: 6, files: 4, folders: 2, bytes: 600 * KIB + 10, contents: 2 },
  );
  assert.deepEqual(extensions, [
    { extension: 'jpg', files: 2, bytes: 600 * KIB },
    { extension: 'txt', files: 1, bytes: 5 },
  ]);
  assert.equal(largest.length, 3);
  assert.equal(largest[0]?.size, 600 * KIB);
  assert.deepEqual(duplicates, { groups: 1, files: 2, reclaimable_bytes: 5 });
  assert.equal(
    revision,
    bench.library.db.prepare<{ revision: number }>('SELECT revision FROM write_state').get()?.revision,
  );
});

test('duplicates are narrowed by size, extension and several locations at once', async (context) => {
  const bench = await opened(context);
  for (const place of ['x', 'y', 'z']) {
    bench.write(`${place}/small.TXT`, 'small');
    bench.write(`${place}/large.jpg`, 'a larger one');
    bench.write(`${place}/100%_.j_g`, 'odd');
  }
  for (const place of ['x', 'y', 'z']) await bench.index(join(bench.folder, place));
  const found = async (input: Parameters<typeof bench.ask<typeof findDuplicates>>[1]) =>
    (await bench.ask(findDuplicates, input)).groups.map((group) => [group.entries[0]?.name, group.count]);

  assert.deepEqual(await found({ min_size: 6 }), [['large.jpg', 3]]);
  assert.deepEqual(await found({ min_size: 4, max_size: 5 }), [['small.TXT', 3]]);
  assert.deepEqual(await found({ extensions: ['.txt'] }), [['small.TXT', 3]]);
  assert.deepEqual(await found({ extensions: ['j_g'] }), [['100%_.j_g', 3]]);
  assert.deepEqual(await found({ extensions: ['JPG'], locations: ['x', 'z'] }), [['large.jpg', 2]]);
  assert.deepEqual(await found({ locations: ['y'] }), []);
});

test('what lies in no location any more, as in the trash, is no copy', async (context) => {
  const bench = await opened(context);
  for (const name of ['kept', 'one', 'folder/two', 'folder/deep/three']) bench.write(name, 'the same');
  await bench.index();
  const count = async () => (await bench.ask(findDuplicates, {})).groups[0]?.count;
  assert.equal(await count(), 4);
  const bury = (name: string) =>
    bench.library.write((tx) => void tx.run('UPDATE entries SET parent_id = NULL WHERE name = ?', name));
  await bury('one');
  assert.equal(await count(), 3);
  await bury('folder');
  assert.equal(await count(), undefined);
  assert.equal((await bench.ask(findDuplicates, { extensions: ['x'] })).total.groups, 0);
  assert.equal((await bench.ask(libraryStatistics, {})).duplicates.groups, 0);
});
