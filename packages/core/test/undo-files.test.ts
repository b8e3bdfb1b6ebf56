import assert from 'node:assert/strict';
import { lstatSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect } from '@sd/client/client.ts';
import { act, treeOf, writeTree } from '../src/testing/file-world.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';
import { UNDO_STORIES, take } from '../src/testing/undo-stories.ts';

const UNWATCHED = { watching: { limit: 0 } } as const;

async function desk(context: TestContext, files: Readonly<Record<string, string>>) {
  ownTrash(context);
  const core = await openTestCore(context, UNWATCHED);
  const folder = temporaryFolder(context);
  writeTree(folder, files);
  return { core, folder, at: (...names: string[]) => names.map((name) => join(folder, name)) };
}

const stateOf = async (core: TestCore, receipt: string) =>
  (await core.client.call('query:history.info', { receipt })).action.state;
const refused = (code: string, message: RegExp) => (error: unknown) =>
  (error as { code?: string }).code === code && message.test((error as Error).message);

for (const { what, files, action, input, decisions } of UNDO_STORIES)
  test(`undone, done again and undone again: ${what}`, async (context) => {
    const { core, folder, at } = await desk(context, files);
    const picture = () => [
      treeOf(folder),
      action === 'set_times' ? Math.round(lstatSync(join(folder, 'a')).mtimeMs) : 0,
    ];
    const before = picture();
    const { receipt } = await act(core, action, input(at), decisions ?? {});
    const after = picture();
    assert.notDeepEqual(after, before);
    for (let round = 0; round < 2; round++) {
      await take(core, 'undo');
      assert.deepEqual(picture(), before);
      assert.equal(await stateOf(core, receipt), 'undone');
      if (round === 1) break;
      await take(core, 'redo');
      assert.deepEqual(picture(), after);
      assert.equal(await stateOf(core, receipt), 'done');
    }
  });

test('what joined a folder and was skipped there changed nothing, and is not offered to be undone', async (context) => {
  const { core, at } = await desk(context, {
    'from/a': 'new',
    'from/in/b': '2',
    'to/from/a': 'old',
    'to/from/in/b': '1',
  });
  const input = { sources: at('from'), to: at('to')[0], on_conflict: 'skip' as const };
  const { receipt, done, merged, skipped } = await act(core, 'copy', input);
  assert.deepEqual({ done, merged, skipped }, { done: 2, merged: 2, skipped: 2 });
  assert.equal((await core.client.call('query:history.info', { receipt })).action.undoable, false);
  await assert.rejects(core.client.call('action:history.undo', { receipt }), refused('CONFLICT', /changed nothing/));
  await assert.rejects(core.client.call('action:history.undo', {}), refused('NOT_FOUND', /nothing to undo/));
});

test('what has been changed since keeps an undo from being done at all, and is named', async (context) => {
  const { core, folder, at } = await desk(context, { a: '1', b: '2', 'to/': '' });
  const copied = await act(core, 'copy', { sources: at('a', 'b'), to: at('to')[0] });
  writeFileSync(join(folder, 'to/b'), 'edited since');
  const after = treeOf(folder);
  const { client } = core;
  await assert.rejects(
    client.call('preview:history.undo', { receipt: copied.receipt }),
    refused('CHANGED_SINCE', /to\/b/),
  );
  await assert.rejects(
    client.call('action:history.undo', { receipt: copied.receipt }),
    refused('CHANGED_SINCE', /to\/b/),
  );
  assert.deepEqual(treeOf(folder), after);
  assert.equal(await stateOf(core, copied.receipt), 'done');

  const moved = await act(core, 'rename', { path: at('a')[0], name: 'c' });
  rmSync(join(folder, 'c'));
  await assert.rejects(client.call('action:history.undo', { receipt: moved.receipt }), refused('CHANGED_SINCE', /\/c/));
});

test('a copy that somebody has deleted since needs no undo, and keeps no other from it', async (context) => {
  const { core, folder, at } = await desk(context, { a: '1', b: 'new', 'c/d': '4', 'to/b': 'old' });
  const copied = await act(core, 'copy', { sources: at('a', 'b', 'c'), to: at('to')[0] }, { '*': 'replace' });
  rmSync(join(folder, 'to/a'));
  rmSync(join(folder, 'to/c'), { recursive: true });
  await take(core, 'undo', copied.receipt);
  assert.deepEqual(treeOf(folder), { a: '1', b: 'new', c: null, 'c/d': '4', to: null, 'to/b': 'old' });
  assert.equal(await stateOf(core, copied.receipt), 'undone');
  const again = await act(core, 'copy', { sources: at('a'), to: at('to')[0] });
  rmSync(join(folder, 'to/a'));
  await assert.rejects(take(core, 'undo', again.receipt), refused('CONFLICT', /nothing on the disk to take back/));
});

test('where an undo would bring something back, something else may be: it is asked what to do', async (context) => {
  const { core, folder, at } = await desk(context, { a: 'mine' });
  const { receipt } = await act(core, 'trash', { sources: at('a') });
  writeFileSync(join(folder, 'a'), 'another');
  await assert.rejects(core.client.call('action:history.undo', { receipt }), refused('CONFIRMATION_NEEDED', /a/));
  const plan = await core.client.call('preview:history.undo', { receipt });
  assert.equal(plan.conflicts.length, 1);
  const { result } = await core.client.call('action:history.undo', {
    plan_id: plan.plan_id,
    decisions: { '*': 'keep_both' },
  });
  if (result.job) await core.completed(result.job);
  assert.deepEqual(new Set(Object.values(treeOf(folder))), new Set(['another', 'mine']));
});

test('what was undone in part says so, and the rest can be undone later', async (context) => {
  const { core, folder, at } = await desk(context, { a: '1', b: '2' });
  const { receipt } = await act(core, 'trash', { sources: at('a', 'b') });
  writeFileSync(join(folder, 'b'), 'another');
  const plan = await core.client.call('preview:history.undo', { receipt });
  const { result } = await core.client.call('action:history.undo', {
    plan_id: plan.plan_id,
    decisions: { '*': 'skip' },
  });
  if (result.job) await core.completed(result.job);
  assert.deepEqual(treeOf(folder), { a: '1', b: 'another' });
  assert.equal(await stateOf(core, receipt), 'partial');
  const again = await core.client.call('preview:history.undo', { receipt });
  assert.deepEqual([again.conflicts.length, again.totals?.steps], [1, 1]);
  renameSync(join(folder, 'b'), join(folder, 'other'));
  await take(core, 'undo', receipt);
  assert.deepEqual(treeOf(folder), { a: '1', b: '2', other: 'another' });
  assert.equal(await stateOf(core, receipt), 'undone');
});

test('what cannot come back from the trash: it was emptied, or taken away', async (context) => {
  const { core, folder, at } = await desk(context, { a: '1' });
  const { receipt } = await act(core, 'trash', { sources: at('a') });
  const { items } = await core.client.call('query:entries.list_trash', {});
  const place = items[0]?.place ?? '';
  const can = dirname(place);
  const undo = () => core.client.call('preview:history.undo', { receipt });
  const presence = async () => {
    const { items: now } = await core.client.call('query:entries.list_trash', {});
    return now.find((item) => item.place === place)?.presence;
  };
  assert.equal(await presence(), 'there');
  renameSync(can, `${can}.away`);
  await assert.rejects(undo(), refused('CHANGED_SINCE', /is not in the trash any more/));
  const restore = core.client.call('preview:entries.restore', { items: at('a') });
  await assert.rejects(restore, refused('NOT_FOUND', /is not in the trash any more/));
  assert.equal(await presence(), 'gone');
  renameSync(`${can}.away`, can);
  renameSync(place, join(folder, 'aside'));
  await assert.rejects(undo(), (error: { code: string; data: { changed: string[] } }) => {
    assert.deepEqual([error.code, error.data.changed], ['CHANGED_SINCE', at('a')]);
    return true;
  });
  renameSync(join(folder, 'aside'), place);
  await take(core, 'undo', receipt);
  assert.deepEqual(treeOf(folder), { a: '1' });
});

test('a folder somebody else has put something into is taken back but for that', async (context) => {
  const { core, folder, at } = await desk(context, { 'from/a': '1', 'from/b': '2', 'to/': '' });
  const { receipt } = await act(core, 'copy', { sources: at('from'), to: at('to')[0] });
  writeFileSync(join(folder, 'to/from/mine'), 'new');
  await take(core, 'undo', receipt);
  assert.deepEqual(treeOf(folder), {
    from: null,
    'from/a': '1',
    'from/b': '2',
    to: null,
    'to/from': null,
    'to/from/mine': 'new',
  });
  assert.equal(await stateOf(core, receipt), 'partial');
});

test('what was deleted for good stays deleted, and says so', async (context) => {
  const { core, at } = await desk(context, { a: '1' });
  const { receipt } = await act(core, 'delete', { sources: at('a') });
  await assert.rejects(core.client.call('action:history.undo', { receipt }), refused('CONFLICT', /for good/));
  assert.equal((await core.client.call('query:history.info', { receipt })).action.undoable, false);
});

test('the last action that cannot be undone leads to the one before it; what was deleted for good is passed over', async (context) => {
  const { core, folder, at } = await desk(context, { a: '1', b: '2', c: '3', 'to/': '' });
  const { client } = core;
  const first = await act(core, 'rename', { path: at('a')[0], name: 'a2' });
  const copied = await act(core, 'copy', { sources: at('b'), to: at('to')[0] });
  await act(core, 'delete', { sources: at('c') });
  writeFileSync(join(folder, 'to/b'), 'edited since');
  for (const call of ['preview:history.undo', 'action:history.undo'] as const)
    await assert.rejects(client.call(call, {}), (error: { code: string; data: Record<string, unknown> }) => {
      assert.deepEqual([error.code, error.data['before']], ['CHANGED_SINCE', first.receipt]);
      assert.match(String(error.data['way_out']), new RegExp(`sd undo ${first.receipt} takes back`));
      return true;
    });
  await assert.rejects(
    client.call('action:history.undo', { receipt: copied.receipt }),
    (error: { data: Record<string, unknown> }) => error.data['before'] === undefined,
  );
  await take(core, 'undo', first.receipt);
  assert.deepEqual(treeOf(folder), { a: '1', b: '2', to: null, 'to/b': 'edited since' });
});

test('who may not change files may not undo what was done to them', async (context) => {
  const { core, folder, at } = await desk(context, { a: '1' });
  const { receipt } = await act(core, 'trash', { sources: at('a') });
  const permissions = ['library.read', 'library.write'] as const;
  const client = connect(core.core.connect({ trusted: true, permissions }), { client: 'tagger' });
  context.after(() => client.close());
  await assert.rejects(client.call('action:history.undo', { receipt }), refused('FORBIDDEN', /files/));
  assert.deepEqual(treeOf(folder), {});
});

test('the history outlives the daemon, tells what it knows, and goes by the last that holds', async (context) => {
  const { core, folder, at } = await desk(context, { a: '1', b: '2' });
  await act(core, 'rename', { path: at('a')[0], name: 'c' });
  await act(core, 'trash', { sources: at('b') });
  await core.close();
  const again = await openTestCore(context, { dataFolder: core.dataFolder, ...UNWATCHED });
  const { actions } = await again.client.call('query:history.list', { undoable: true });
  assert.deepEqual(
    actions.map(({ operation, items, changes }) => [operation, items, changes]),
    [
      ['entries.trash', 1, 'files'],
      ['entries.rename', 1, 'files'],
    ],
  );
  await take(again, 'undo');
  await take(again, 'undo');
  assert.deepEqual(treeOf(folder), { a: '1', b: '2' });
  await assert.rejects(again.client.call('action:history.undo', {}), refused('NOT_FOUND', /nothing to undo/));
  await take(again, 'redo');
  assert.deepEqual(treeOf(folder), { b: '2', c: '1' });
  await again.client.call('action:tags.create', { name: 'Between' });
  await assert.rejects(again.client.call('action:history.redo', {}), refused('CONFLICT', /Between/));
  await again.close();
  rmSync(core.dataFolder, { recursive: true, force: true });
});

test('out of the trash to another disk nothing comes: that is said before anything is begun, with what to do', async (context) => {
  const { core, folder, at } = await desk(context, { 'a/b': '1' });
  const elsewhere = mkdtempSync('/dev/shm/sd-undo-');
  context.after(() => rmSync(elsewhere, { recursive: true, force: true }));
  if (lstatSync(elsewhere).dev === lstatSync(folder).dev) return context.skip('there is no other file system here');
  await act(core, 'trash', { sources: at('a') });
  await assert.rejects(
    core.client.call('preview:entries.restore', { items: at('a'), to: elsewhere }),
    (error: { code: string; data: Record<string, unknown> }) =>
      error.code === 'CROSSES_VOLUME' && /sd mv/.test(String(error.data['way_out'])),
  );
  await act(core, 'restore', { items: at('a') });
  assert.deepEqual(treeOf(folder), { a: null, 'a/b': '1' });
});

test('a move to another disk comes back with all that is known of it, and goes again', async (context) => {
  const { core, folder, at } = await desk(context, { 'from/a': '1', 'from/in/b': '2' });
  const elsewhere = mkdtempSync('/dev/shm/sd-undo-');
  context.after(() => rmSync(elsewhere, { recursive: true, force: true }));
  if (lstatSync(elsewhere).dev === lstatSync(folder).dev) return context.skip('there is no other file system here');
  for (const path of [folder, elsewhere]) await core.index(path);
  const idOf = async (path: string) => (await core.client.call('query:vdfs.entry_info', { path })).id;
  const paths = ['from', 'from/a', 'from/in', 'from/in/b'];
  const ids = (below: string) => Promise.all(paths.map((path) => idOf(join(below, path))));
  const [files, before] = [treeOf(folder), await ids(folder)];
  const { receipt } = await act(core, 'move', { sources: at('from'), to: elsewhere });
  assert.deepEqual(treeOf(elsewhere), files);
  assert.deepEqual(await ids(elsewhere), before);
  for (const round of [1, 2]) {
    await take(core, 'undo');
    assert.deepEqual([treeOf(folder), treeOf(elsewhere)], [files, {}]);
    assert.deepEqual(await ids(folder), before, `files and folders are who they were, round ${round}`);
    assert.equal(await stateOf(core, receipt), 'undone');
    if (round === 1) await take(core, 'redo');
  }
});

test('the audit says what a file action was about, and what came of its steps', async (context) => {
  const { core, at } = await desk(context, { a: '1', 'to/a': 'old', 'to/': '' });
  const [source = '', folder = ''] = at('a', 'to');
  const { receipt } = await act(core, 'copy', { sources: [source], to: folder, on_conflict: 'skip' });
  const undone = await act(core, 'rename', { path: source, name: 'b' });
  const undo = await take(core, 'undo', undone.receipt);
  const entry = async (of: string) => (await core.client.call('query:audit.list', { receipt: of })).actions[0];
  assert.deepEqual((await entry(receipt))?.targets, [source, join(folder, 'a')]);
  assert.deepEqual((await entry(receipt))?.counts, { done: 0, skipped: 1, failed: 0 });
  assert.deepEqual((await entry(undo))?.counts, { done: 1, skipped: 0, failed: 0 });
  assert.deepEqual([(await entry(undo))?.operation, (await entry(undo))?.outcome], ['history.undo', 'done']);
  assert.ok((await entry(undo))?.job);
  const { ok } = await core.client.call('verify:history.undo', { receipt: undo });
  assert.equal(ok, true);
  await assert.rejects(
    core.client.call('action:history.undo', { receipt }),
    refused('CONFLICT', /changed nothing/),
    'what was skipped altogether is nothing to undo',
  );
});

test('what was brought back from the trash goes there again, and comes back again, by undoing each in its turn', async (context) => {
  const { core, folder, at } = await desk(context, { 'a.txt': 'one', 'in/b': '2' });
  const whole = treeOf(folder);
  const trashed = await act(core, 'trash', { sources: at('a.txt', 'in') });
  const gone = treeOf(folder);
  await act(core, 'restore', { items: at('a.txt', 'in') });
  await take(core, 'undo');
  assert.deepEqual(treeOf(folder), gone);
  await take(core, 'undo', trashed.receipt);
  assert.deepEqual(treeOf(folder), whole);
});

for (const [what, change] of [
  ['a new file', (folder: string) => writeFileSync(join(folder, 'deep/new'), 'mine')],
  ['an edited file', (folder: string) => writeFileSync(join(folder, 'deep/b'), 'mine now')],
  ['a file that is gone', (folder: string) => rmSync(join(folder, 'deep/b'))],
] as const)
  test(`a folder that came back does not go again with what was done in it since: ${what}`, async (context) => {
    const { core, at } = await desk(context, { 'in/deep/b': '2', 'in/c': '3' });
    const [inside = ''] = at('in');
    await act(core, 'trash', { sources: [inside] });
    await act(core, 'restore', { items: [inside] });
    change(inside);
    const there = treeOf(inside);
    await assert.rejects(take(core, 'undo'), refused('CHANGED_SINCE', /in" has changed since/));
    assert.deepEqual(treeOf(inside), there);
  });

test('a folder comes out of the trash in one piece: where another is in its place, it is asked what to do', async (context) => {
  const { core, folder, at } = await desk(context, { 'in/a': '1', 'in/b': '2' });
  const [inside = ''] = at('in');
  const { receipt } = await act(core, 'trash', { sources: [inside] });
  writeTree(folder, { 'in/a': 'other' });
  await assert.rejects(core.client.call('action:entries.restore', { items: [inside], on_conflict: 'merge' }), {
    code: 'CONFIRMATION_NEEDED',
  });
  await assert.rejects(take(core, 'undo', receipt), { code: 'CONFIRMATION_NEEDED' });
  await act(core, 'restore', { items: [inside], on_conflict: 'replace' });
  assert.deepEqual(Object.keys(treeOf(folder)).sort(), ['in', 'in/a', 'in/b']);
  await take(core, 'undo');
  assert.deepEqual(Object.keys(treeOf(folder)).sort(), ['in', 'in/a']);
  await act(core, 'restore', { items: [inside], on_conflict: 'keep_both' });
  assert.deepEqual(Object.keys(treeOf(folder)).sort(), ['in', 'in 2', 'in 2/a', 'in 2/b', 'in/a']);
  await take(core, 'undo');
  assert.deepEqual(Object.keys(treeOf(folder)).sort(), ['in', 'in/a']);
});
