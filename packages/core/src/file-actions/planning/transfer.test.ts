import assert from 'node:assert/strict';
import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { insertStretch, stretchesOf } from '../../db/actions/stretches.ts';
import { writeTree } from '../../testing/file-world.ts';
import { type PlanningBench, plannerMount, planningBench } from '../../testing/planning-fixture.ts';

/** Steps as `kind source → target`, below the bench's folder. */
function said(bench: PlanningBench, plan: string): string[] {
  const short = (path: string | undefined): string => path?.replace(`${bench.folder}/`, '') ?? '';
  return bench
    .steps(plan)
    .map(({ kind, source, target, conflict }) =>
      [
        kind,
        short(source),
        target === undefined ? '' : `→ ${short(target)}`,
        conflict === 'none' ? '' : `(${conflict})`,
      ]
        .filter(Boolean)
        .join(' '),
    );
}

function transfer(bench: PlanningBench, operation: 'copy' | 'move', sources: string[], to: string, more: object = {}) {
  return bench.plan({
    operation: `entries.${operation}`,
    sources: sources.map((path) => `${bench.folder}/${path}`),
    to: `${bench.folder}/${to}`,
    on_conflict: 'ask',
    ...more,
  });
}

test('a copy takes a tree apart, every file of it, a folder before what is in it', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '12', 'a/b/.hidden': '345', 'a/b/c/': '', 'to/': '' });
  const { id, plan } = await transfer(bench, 'copy', ['a'], 'to');
  assert.deepEqual(said(bench, id), [
    'make_folder a → to/a',
    'copy a/x → to/a/x',
    'make_folder a/b → to/a/b',
    'copy a/b/.hidden → to/a/b/.hidden',
    'make_folder a/b/c → to/a/b/c',
  ]);
  assert.deepEqual({ ...plan.totals, free: 0 }, { steps: 5, conflicts: 0, files: 2, folders: 3, bytes: 5, free: 0 });
  assert.equal(plan.summary, `Copy "a" to ${bench.folder}/to`);
});

test('what is at `to` says what it means: a folder, or the name in one', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { one: '1', two: '2', 'to/': '' });
  const steps = async (sources: string[], to: string) => said(bench, (await transfer(bench, 'copy', sources, to)).id);
  assert.deepEqual(await steps(['one'], 'to'), ['copy one → to/one']);
  assert.deepEqual(await steps(['one'], 'to/three'), ['copy one → to/three']);
  assert.deepEqual(await steps(['one'], 'two'), ['copy one → two (file)']);
  await assert.rejects(transfer(bench, 'copy', ['one', 'two'], 'new'), { code: 'NOT_FOUND' });
  await assert.rejects(transfer(bench, 'copy', ['one'], 'new/'), { code: 'NOT_FOUND' });
  await assert.rejects(transfer(bench, 'copy', ['one'], 'no/new'), { code: 'NOT_FOUND' });
  await assert.rejects(transfer(bench, 'copy', ['to', 'two'], 'one'), { code: 'NOT_A_FOLDER' });
  await assert.rejects(transfer(bench, 'copy', ['one'], 'two/three'), { code: 'NOT_A_FOLDER' });
});

test('a move within a file system is one step, whatever is below', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '12', 'a/b/y': '345', 'to/': '' });
  const { id, plan } = await transfer(bench, 'move', ['a'], 'to');
  assert.deepEqual(said(bench, id), ['rename a → to/a']);
  const { files, folders, bytes } = plan.totals ?? {};
  assert.deepEqual([files, folders, bytes], [2, 2, 0]);
});

test('folders that meet are merged: a child folder without counterpart goes in one step', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, {
    'a/only/deep/x': '1',
    'a/both/same': '2',
    'a/both/new': '3',
    'a/file': '4',
    'to/a/both/same': '!',
    'to/a/file/': '',
  });
  assert.deepEqual(said(bench, (await transfer(bench, 'move', ['a'], 'to')).id), [
    'make_folder a → to/a (folder)',
    'rename a/file → to/a/file (type)',
    'rename a/only → to/a/only',
    'make_folder a/both → to/a/both (folder)',
    'rename a/both/new → to/a/both/new',
    'rename a/both/same → to/a/both/same (file)',
    'remove_folder a/both',
    'remove_folder a',
  ]);
});

test('what differs between two mounts of one file system is moved piece by piece', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'to/': '' });
  bench.mounts = [plannerMount('/'), plannerMount(`${bench.folder}/to`)];
  const { id, plan } = await transfer(bench, 'move', ['a'], 'to');
  assert.deepEqual(said(bench, id), ['make_folder a → to/a', 'move a/x → to/a/x', 'remove_folder a']);
  assert.match(plan.warnings.join(), /no rename leads there, though it is the same file system/);
});

test('links are taken as links, and what is neither file nor folder is left out', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'beside/y': '1', 'to/': '' });
  symlinkSync('x', `${bench.folder}/a/here`);
  symlinkSync('../beside/y', `${bench.folder}/a/away`);
  linkSync(`${bench.folder}/a/x`, `${bench.folder}/a/second`);
  const { id, plan } = await transfer(bench, 'copy', ['a'], 'to');
  assert.deepEqual(said(bench, id).slice(1), [
    'copy a/away → to/a/away',
    'copy a/here → to/a/here',
    'copy a/second → to/a/second',
    'copy a/x → to/a/x',
  ]);
  assert.match(plan.warnings.join('\n'), /2 symbolic links come along as links/);
  assert.match(plan.warnings.join('\n'), /1 symbolic link leads nowhere from there \(.*away\)/);
  assert.match(plan.warnings.join('\n'), /2 files are also known by other names/);
});

test('names that are no valid UTF-8 are planned as they are', async (context) => {
  const bench = planningBench(context);
  mkdirSync(Buffer.concat([Buffer.from(`${bench.folder}/`), Buffer.from([0x61, 0xff, 0x62])]));
  writeTree(bench.folder, { 'to/': '' });
  const { id, plan } = await transfer(bench, 'copy', ['a\udcffb'], 'to');
  assert.deepEqual(said(bench, id), ['make_folder a\udcffb → to/a\udcffb']);
  assert.equal(plan.steps[0]?.target, `${bench.folder}/to/a\\xffb`);
});

test('two sources of one name are a conflict of the plan with itself', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'b/x': '2', 'to/': '' });
  const { id, plan } = await transfer(bench, 'copy', ['a/x', 'b/x'], 'to');
  assert.deepEqual(said(bench, id), ['copy a/x → to/x', 'copy b/x → to/x (twice)']);
  assert.deepEqual(plan.conflicts, [
    {
      id: '1',
      about: `${bench.folder}/to/x would come from two places`,
      choices: ['keep_both', 'skip'],
      default: 'keep_both',
    },
  ]);
});

test('sources within one another count once', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'to/': '' });
  const { id, plan } = await transfer(bench, 'copy', ['a/x', 'a', 'a'], 'to');
  assert.deepEqual(said(bench, id), ['make_folder a → to/a', 'copy a/x → to/a/x']);
  assert.match(plan.warnings.join(), /2 sources are named twice, or lie within another/);
});

test('a folder does not come into itself, by whatever name, and nothing onto itself', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/b/c/': '', x: '1' });
  symlinkSync('a/b', `${bench.folder}/link`);
  for (const operation of ['copy', 'move'] as const) {
    await assert.rejects(transfer(bench, operation, ['a'], 'a/b'), {
      code: 'CONFLICT',
      message: /cannot come into itself/,
    });
    await assert.rejects(transfer(bench, operation, ['a'], 'a'), {
      code: 'CONFLICT',
      message: /cannot come into itself/,
    });
    await assert.rejects(transfer(bench, operation, ['a'], 'link'), {
      code: 'CONFLICT',
      message: /cannot come into itself/,
    });
    await assert.rejects(transfer(bench, operation, ['x'], ''), { code: 'CONFLICT', message: /lies there already/ });
  }
  const { id } = await transfer(bench, 'copy', ['x'], '', { on_conflict: 'keep_both' });
  assert.deepEqual(said(bench, id), ['copy x → x (twice)']);
});

test('roots, our own data and what is not there are refused with a way out', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { x: '1', 'to/': '' });
  const refused = (operation: 'copy' | 'move', source: string, to: string, code: string, message: RegExp) =>
    assert.rejects(
      bench.plan({ operation: `entries.${operation}`, sources: [source], to, on_conflict: 'ask' }),
      (error: { code: string; message: string; data: { way_out?: string } }) => {
        assert.equal(error.code, code, error.message);
        assert.match(error.message, message);
        assert.ok(error.data.way_out, error.message);
        return true;
      },
    );
  const { folder } = bench;
  await refused('move', '/', `${folder}/to`, 'CONFLICT', /root of a disk/);
  await refused('move', `${folder}/gone`, `${folder}/to`, 'NOT_FOUND', /does not exist/);
  await refused('copy', 'local://elsewhere/x', `${folder}/to`, 'NOT_FOUND', /on the device "elsewhere"/);
  await refused(
    'copy',
    'content://01234567-89ab-8cde-8123-456789abcdef',
    `${folder}/to`,
    'NOT_FOUND',
    /no file of the library/,
  );
  await refused(
    'move',
    'content://01234567-89ab-8cde-8123-456789abcdef',
    `${folder}/to`,
    'INVALID_INPUT',
    /many places/,
  );
  await refused('copy', `${folder}/x`, `${bench.own}/Test.sdlibrary`, 'CONFLICT', /belongs to the data of the library/);
  await refused('copy', `${bench.own}/Test.sdlibrary/library.db`, folder, 'CONFLICT', /belongs to the data/);
  await refused('move', bench.own, folder, 'CONFLICT', /contains the data/);
  bench.mounts = [plannerMount('/'), plannerMount(`${folder}/to`, { readOnly: true })];
  await refused('move', `${folder}/to`, folder, 'CONFLICT', /file system is mounted/);
  await refused('copy', `${folder}/x`, `${folder}/to`, 'NOT_WRITABLE', /nothing can be written/);
});

test('what the planner refuses, and what is cancelled, leaves nothing in actions.db', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { x: '1', 'to/': '' });
  const sources = [`${bench.folder}/x`];
  await assert.rejects(
    bench.plan({ operation: 'entries.copy', sources, to: `${bench.folder}/to`, on_conflict: 'ask' }, true),
    { code: 'CANCELLED' },
  );
  await assert.rejects(transfer(bench, 'copy', ['gone'], ''));
  assert.deepEqual(bench.actions.prepare('SELECT id FROM plans').all(), []);
  assert.deepEqual(bench.actions.prepare('SELECT seq FROM steps').all(), []);
});

test('the time a copy takes: by what was seen of these file systems, else by measured speeds, else nothing', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'a/y': '2', 'to/': '', 'else/': '' });
  const mount = { fileSystem: 'ext4', virtual: false, network: false, readOnly: false, copyOnWrite: false };
  const here = { path: '/', superblock: 1, identity: 'here', ...mount };
  const there = { path: `${bench.folder}/to`, superblock: 2, identity: 'there', ...mount };
  const expected = async (to = 'to', operation: 'copy' | 'move' = 'copy') =>
    (await transfer(bench, operation, ['a'], to)).plan.totals?.expected_ms;
  bench.mounts = [here, there];
  assert.equal(await expected(), undefined);
  bench.mounts = [
    { ...here, readSpeed: 0.002 },
    { ...there, writeSpeed: 0.001 },
  ];
  assert.equal(await expected(), 2_000_002, 'two bytes at a thousand seconds each, and three steps');
  const route = 'entries.copy\nhere\nthere';
  for (let at = 0; at < 20; at++)
    insertStretch(bench.actions, route, { steps: 1, bytes: 0, ms: at < 12 ? 9_999 : 100 });
  assert.deepEqual(stretchesOf(bench.actions, route), Array(8).fill({ steps: 1, bytes: 0, ms: 100 }));
  assert.equal(await expected(), 300, 'the last ones count, by their steps');
  bench.mounts = [here, { ...there, superblock: 77 }];
  assert.equal(await expected(), 300, 'mounted again');
  assert.equal(await expected('else'), undefined, 'another way');
  assert.equal(await expected('to', 'move'), undefined, 'what is moved is read back too');
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`a/more/${at}`, '']));
  writeTree(bench.folder, many);
  assert.equal(await expected(), undefined, 'that much more than was ever seen');
});
