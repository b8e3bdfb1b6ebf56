import assert from 'node:assert/strict';
import { linkSync, lstatSync, mkdirSync, renameSync } from 'node:fs';
import { test } from 'node:test';
import { insertTrashed } from '../../db/library/trashed.ts';
import { writeTransaction } from '../../db/write.ts';
import { writeTree } from '../../testing/file-world.ts';
import { type PlanningBench, plannerMount, planningBench } from '../../testing/planning-fixture.ts';

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

test('a new name is one step, and no path', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'a/y': '2' });
  const rename = (path: string, name: string) =>
    bench.plan({ operation: 'entries.rename', source: `${bench.folder}/${path}`, name, on_conflict: 'ask' });
  assert.deepEqual(said(bench, (await rename('a/x', 'z')).id), ['rename a/x → a/z']);
  assert.deepEqual(said(bench, (await rename('a', 'A')).id), ['rename a → A']);
  assert.deepEqual(said(bench, (await rename('a/x', 'y')).id), ['rename a/x → a/y (file)']);
  await assert.rejects(rename('a/x', 'x'), { code: 'CONFLICT' });
  for (const name of ['..', '.', 'b/c', 'a\0b', '.sd-part-0'])
    await assert.rejects(rename('a/x', name), { code: 'INVALID_INPUT' }, name);
  await assert.rejects(rename('a/x', 'x'.repeat(256)), { code: 'LIMIT' });
  await assert.rejects(rename('a/x', 'é'.repeat(128)), { code: 'LIMIT' });
});

test('what lies in the folder whose name it gets does not replace it', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'q/n/n/x': '1', 'q/n/y': '2' });
  const at = (path: string): string => `${bench.folder}/${path}`;
  for (const operation of ['entries.move', 'entries.copy'] as const) {
    const { id, plan } = await bench.plan({ operation, sources: [at('q/n/n')], to: at('q'), on_conflict: 'ask' });
    assert.deepEqual(
      plan.conflicts.map(({ choices }) => choices),
      [['keep_both', 'skip']],
    );
    await assert.rejects(bench.commit(id, { '*': 'replace' }), { code: 'CONFIRMATION_NEEDED' });
    await bench.commit(id, { '*': 'keep_both' });
  }
});

test('another name of the same file is another file to a rename', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { x: '1' });
  linkSync(`${bench.folder}/x`, `${bench.folder}/X`);
  const { id } = await bench.plan({
    operation: 'entries.rename',
    source: `${bench.folder}/x`,
    name: 'X',
    on_conflict: 'ask',
  });
  assert.deepEqual(said(bench, id), ['rename x → X (file)']);
});

test('new folders and files: with those above where that is asked', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1' });
  const make = (what: 'folder' | 'file', path: string, parents = false) =>
    bench.plan({ operation: `entries.create_${what}`, target: `${bench.folder}/${path}`, parents });
  assert.deepEqual(said(bench, (await make('folder', 'a/b')).id), ['make_folder → a/b']);
  assert.deepEqual(said(bench, (await make('file', 'n/m/f', true)).id), [
    'make_folder → n',
    'make_folder → n/m',
    'make_file → n/m/f',
  ]);
  assert.deepEqual(said(bench, (await make('folder', 'a', true)).id), []);
  await assert.rejects(make('folder', 'a'), { code: 'ALREADY_EXISTS' });
  await assert.rejects(make('file', 'a/x', true), { code: 'ALREADY_EXISTS' });
  await assert.rejects(make('folder', 'n/m'), { code: 'NOT_FOUND' });
  await assert.rejects(make('folder', 'a/x/y', true), { code: 'NOT_A_FOLDER' });
});

test('trash is a step for each source, delete one for each file, what is in a folder before the folder', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'a/b/y': '22', z: '3' });
  const sources = [`${bench.folder}/a`, `${bench.folder}/z`];
  const trash = await bench.plan({ operation: 'entries.trash', sources });
  assert.deepEqual(said(bench, trash.id), ['trash a', 'trash z']);
  assert.deepEqual([trash.plan.totals?.files, trash.plan.totals?.folders, trash.plan.bytes], [3, 2, 4]);
  const gone = await bench.plan({ operation: 'entries.delete', sources });
  assert.deepEqual(said(bench, gone.id), ['delete a/b/y', 'delete a/b', 'delete a/x', 'delete a', 'delete z']);
  assert.deepEqual([gone.plan.totals?.files, gone.plan.totals?.folders, gone.plan.bytes], [3, 2, 4]);
  writeTree(bench.folder, { 'a/b/new': '' });
  await bench.commit(trash.id);
  await assert.rejects(bench.commit(gone.id), { code: 'PLAN_STALE' });
});

test('nothing that another file system is mounted below is taken away', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/mounted/x': '1' });
  bench.mounts = [plannerMount('/'), plannerMount(`${bench.folder}/a/mounted`, { superblock: 2 })];
  for (const operation of ['entries.trash', 'entries.delete'] as const)
    await assert.rejects(bench.plan({ operation, sources: [`${bench.folder}/a`] }), {
      code: 'CONFLICT',
      message: /mounted below/,
    });
});

test('what is in the trash comes back to where it was, or into a folder', async (context) => {
  const bench = planningBench(context);
  const { folder } = bench;
  writeTree(folder, { 'a/b/x': '1', y: '2', 'can/': '', 'other/': '' });
  const put = (path: string, place: string, uuid: string): void => {
    renameSync(`${folder}/${path}`, `${folder}/can/${place}`);
    const facts = lstatSync(`${folder}/can/${place}`);
    const { ino: inode, dev: device, size } = facts;
    writeTransaction(bench.db, { deviceId: new Uint8Array(16), now: () => 1 }, undefined, (tx) =>
      insertTrashed(tx, {
        uuid,
        entry: undefined,
        path: `${folder}/${path}`,
        place: `${folder}/can/${place}`,
        facts: { type: facts.isDirectory() ? 1 : 0, size, mtime: 0, inode, device, links: 1 },
        folderInode: 1,
        at: 1,
        receipt: '01234567-89ab-7def-8123-000000000009',
      }),
    );
  };
  const [one, two] = ['01234567-89ab-7def-8123-000000000001', '01234567-89ab-7def-8123-000000000002'];
  put('a/b/x', 'x.1', one);
  put('y', 'y.1', two);
  renameSync(`${folder}/a`, `${folder}/gone`);
  const restore = (more: object) =>
    bench.plan({ operation: 'entries.restore', items: [], on_conflict: 'ask', ...more });
  assert.deepEqual(said(bench, (await restore({ items: [one] })).id), [
    'make_folder → a',
    'make_folder → a/b',
    'restore can/x.1 → a/b/x',
  ]);
  assert.deepEqual(said(bench, (await restore({ items: [`${folder}/y`] })).id), ['restore can/y.1 → y']);
  writeTree(folder, { y: 'new' });
  assert.deepEqual(
    said(bench, (await restore({ receipt: '01234567-89ab-7def-8123-000000000009', to: `${folder}/other` })).id),
    ['restore can/x.1 → other/x', 'restore can/y.1 → other/y'],
  );
  const { id, plan } = await restore({ items: [two] });
  assert.deepEqual(said(bench, id), ['restore can/y.1 → y (file)']);
  assert.equal(bench.steps(id)[0]?.trashed, two);
  assert.equal(plan.conflicts.length, 1);
  mkdirSync(`${folder}/emptied`);
  renameSync(`${folder}/can/y.1`, `${folder}/emptied/y.1`);
  await assert.rejects(restore({ items: [two] }), { code: 'NOT_FOUND', message: /not in the trash any more/ });
  await assert.rejects(restore({ items: [`${folder}/never`] }), { code: 'NOT_FOUND' });
});

test('times are set on what is named, not on what is in it', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1' });
  const { id } = await bench.plan({
    operation: 'entries.set_times',
    sources: [`${bench.folder}/a`],
    times: { modified: 5_000 },
  });
  assert.deepEqual(said(bench, id), ['set_times a']);
  assert.deepEqual(bench.steps(id)[0]?.times, { modified: 5_000 });
});

test('what another program has open is said', async (context) => {
  const bench = planningBench(context, {
    platform: () => ({ openFiles: () => ['/elsewhere', `${bench.folder}/a/x`] }),
  });
  writeTree(bench.folder, { 'a/x': '1' });
  const { plan } = await bench.plan({ operation: 'entries.trash', sources: [`${bench.folder}/a`] });
  assert.deepEqual(plan.warnings, [`1 file is open in another program (${bench.folder}/a/x)`]);
});
