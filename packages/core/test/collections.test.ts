import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { act } from '../src/testing/file-world.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

async function withFiles(
  context: TestContext,
  names: readonly string[],
  mode: 'shallow' | 'content' = 'content',
): Promise<{ core: TestCore; folder: string }> {
  const folder = temporaryFolder(context);
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), `what is in ${name}`);
  }
  const core = await openTestCore(context, { watching: { limit: 0 } });
  await core.index(folder, { mode });
  return { core, folder };
}

async function labels({ client }: TestCore, collection: string): Promise<string[]> {
  const { items } = await client.call('query:collections.get', { collection });
  return items.map(({ label }) => label);
}

const paths = (folder: string, ...names: string[]): string[] => names.map((name) => join(folder, name));

test('a collection holds what was added, once, in the order people give it', async (context) => {
  const { core, folder } = await withFiles(context, ['a', 'b', 'c', 'd']);
  const { client } = core;
  const { result: made } = await client.call('action:collections.create', { name: '  Best  of ', color: '#FF8800' });
  assert.equal(made.collection.name, 'Best of');
  assert.equal(made.collection.color, '#ff8800');
  const add = (names: string[], place?: 'start' | { before: string }) =>
    client.call('action:collections.add', {
      collection: 'best OF',
      targets: { paths: paths(folder, ...names) },
      ...(place ? { place } : {}),
    });
  assert.deepEqual((await add(['b', 'c'])).result, { collection: made.collection, added: 2, already: 0, count: 2 });
  const { added, already } = (await add(['c', 'd', 'd'])).result;
  assert.deepEqual([added, already], [1, 1]);
  await add(['a'], { before: join(folder, 'c') });
  assert.deepEqual(await labels(core, 'Best of'), ['b', 'a', 'c', 'd']);

  await client.call('action:collections.reorder', {
    collection: 'Best of',
    items: paths(folder, 'd', 'b'),
    place: { after: join(folder, 'a') },
  });
  assert.deepEqual(await labels(core, 'Best of'), ['a', 'd', 'b', 'c']);
  const { result: removed } = await client.call('action:collections.remove', {
    collection: 'Best of',
    items: paths(folder, 'd'),
  });
  assert.deepEqual([removed.removed, removed.count], [1, 3]);
  assert.deepEqual(await labels(core, 'Best of'), ['a', 'b', 'c']);
});

test('a name is taken whatever its case, and one that leads nowhere is answered with those there are', async (context) => {
  const { client } = await openTestCore(context);
  await client.call('action:collections.create', { name: 'Été' });
  await assert.rejects(client.call('action:collections.create', { name: 'ete' }), { code: 'ALREADY_EXISTS' });
  await client.call('action:collections.create', { name: 'Winter' });
  await assert.rejects(client.call('action:collections.update', { collection: 'winter', name: 'ÉTÉ' }), {
    code: 'ALREADY_EXISTS',
  });
  await client.call('action:collections.update', { collection: 'winter', name: 'WINTER' });
  await assert.rejects(client.call('query:collections.get', { collection: 'autumn' }), /"autumn"/);
  const { collections } = await client.call('query:collections.list');
  assert.deepEqual(
    collections.map(({ name, count }) => [name, count]),
    [
      ['WINTER', 0],
      ['Été', 0],
    ],
  );
});

test('a page goes on where the one before ended, whatever was put before it meanwhile', async (context) => {
  const names = Array.from({ length: 7 }, (_, at) => `file ${at}`);
  const { core, folder } = await withFiles(context, [...names, 'late']);
  const { client } = core;
  await client.call('action:collections.create', { name: 'all' });
  await client.call('action:collections.add', { collection: 'all', targets: { paths: paths(folder, ...names) } });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.call('query:collections.get', {
      collection: 'all',
      limit: 3,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...page.items.map(({ label }) => label));
    cursor = page.next_cursor;
    if (seen.length === 3) {
      const targets = { paths: paths(folder, 'late') };
      await client.call('action:collections.add', { collection: 'all', targets, place: 'start' });
    }
  } while (cursor !== undefined);
  assert.deepEqual(seen, names);
});

test('what has gone from the disk is shown as that, under the name it had', async (context) => {
  const { core, folder } = await withFiles(context, ['stays', 'goes', 'twin/one', 'other']);
  writeFileSync(join(folder, 'twin/two'), 'what is in twin/one');
  const { client } = core;
  await core.rescan((await client.call('query:locations.list')).locations[0]?.id ?? '');
  await client.call('action:collections.create', { name: 'kept' });
  await client.call('action:collections.add', {
    collection: 'kept',
    targets: { paths: paths(folder, 'goes', 'stays') },
  });
  const one = await client.call('query:vdfs.entry_info', { path: join(folder, 'twin/one') });
  await client.call('action:collections.add', { collection: 'kept', targets: { contents: [one.content_id ?? ''] } });
  const before = await client.call('query:collections.get', { collection: 'kept' });
  assert.deepEqual(
    before.items.map(({ state, copies }) => [state, copies]),
    [
      ['here', undefined],
      ['here', undefined],
      ['here', 2],
    ],
  );

  rmSync(join(folder, 'goes'));
  rmSync(join(folder, 'twin/one'));
  await core.rescan((await client.call('query:locations.list')).locations[0]?.id ?? '');
  const { items, total } = await client.call('query:collections.get', { collection: 'kept' });
  assert.deepEqual(
    items.map(({ label, state, copies }) => [label, state, copies]),
    [
      ['goes', 'gone', undefined],
      ['stays', 'here', undefined],
      ['two', 'here', 1],
    ],
  );
  assert.equal(total.count, 3);
});

test('what lies in the trash is shown as that, a file as well as a content', async (context) => {
  ownTrash(context);
  const { core, folder } = await withFiles(context, ['file', 'content', 'in/deep']);
  const { client } = core;
  await client.call('action:collections.create', { name: 'kept' });
  const { content_id = '' } = await client.call('query:vdfs.entry_info', { path: join(folder, 'content') });
  await client.call('action:collections.add', { collection: 'kept', targets: { paths: paths(folder, 'file', 'in') } });
  await client.call('action:collections.add', { collection: 'kept', targets: { contents: [content_id] } });
  await act(core, 'trash', { sources: paths(folder, 'file', 'content', 'in') });
  const { items } = await client.call('query:collections.get', { collection: 'kept' });
  assert.deepEqual(
    items.map(({ label, state }) => [label, state]),
    [
      ['file', 'trashed'],
      ['in', 'trashed'],
      ['content', 'trashed'],
    ],
  );
});

test('a smart collection is checked when it is saved, finds what there is now, and takes nothing by hand', async (context) => {
  const { core, folder } = await withFiles(context, ['report.txt', 'picture.png']);
  const { client } = core;
  await assert.rejects(client.call('action:collections.create', { name: 'bad', query: 'size:>many' }), {
    code: 'INVALID_INPUT',
  });
  for (const query of ['tag:nosuch', 'collection:bad'])
    await assert.rejects(client.call('action:collections.create', { name: 'bad', query }), { code: 'NOT_FOUND' });
  await client.call('action:collections.create', { name: 'reports', query: 'report' });
  await client.call('action:collections.create', { name: 'more', query: 'collection:reports' });
  for (const query of ['collection:reports', 'report collection:more'])
    await assert.rejects(client.call('action:collections.update', { collection: 'reports', query }), {
      code: 'CONFLICT',
    });
  await client.call('action:collections.delete', { collection: 'more' });
  assert.deepEqual(await labels(core, 'reports'), ['report.txt']);
  writeFileSync(join(folder, 'report 2.txt'), 'another');
  await core.rescan((await client.call('query:locations.list')).locations[0]?.id ?? '');
  const { collections } = await client.call('query:collections.list');
  assert.deepEqual(
    collections.map(({ name, count, query }) => [name, count, query]),
    [['reports', 2, 'report']],
  );
  const targets = { paths: paths(folder, 'picture.png') };
  await assert.rejects(client.call('action:collections.add', { collection: 'reports', targets }), { code: 'CONFLICT' });
});

test('each action on a collection is one undo', async (context) => {
  const { core, folder } = await withFiles(context, ['a', 'b', 'c']);
  const { client } = core;
  await client.call('action:collections.create', { name: 'mine' });
  const targets = { paths: paths(folder, 'a', 'b', 'c') };
  const added = await client.call('action:collections.add', { collection: 'mine', targets });
  const moved = await client.call('action:collections.reorder', {
    collection: 'mine',
    items: paths(folder, 'c'),
    place: 'start',
  });
  const deleted = await client.call('action:collections.delete', { collection: 'mine' });
  assert.equal(deleted.result.items, 3);
  await client.call('action:history.undo', { receipt: deleted.receipt });
  assert.deepEqual(await labels(core, 'mine'), ['c', 'a', 'b']);
  await client.call('action:history.undo', { receipt: moved.receipt });
  assert.deepEqual(await labels(core, 'mine'), ['a', 'b', 'c']);
  await client.call('action:history.undo', { receipt: added.receipt });
  assert.deepEqual(await labels(core, 'mine'), []);
});

test('what has a privacy tag is shown in collections only when asked for, page by page', async (context) => {
  const { core, folder } = await withFiles(context, ['open', 'secret', 'vault/deep', 'alone']);
  const { client } = core;
  for (const name of ['open', 'secret', 'vault/deep']) writeFileSync(join(folder, name), 'the same in all');
  const { locations } = await client.call('query:locations.list', {});
  await core.rescan(locations[0]?.id ?? '');
  await client.call('action:collections.create', { name: 'All' });
  const inIt = paths(folder, 'open', 'secret', 'vault/deep', 'alone');
  await client.call('action:collections.add', { collection: 'All', targets: { paths: inIt } });
  await client.call('action:tags.create', { name: 'private', kind: 'privacy' });
  const hide = paths(folder, 'secret', 'vault', 'alone');
  await client.call('action:tags.apply', { tags: ['private'], on: 'entry', targets: { paths: hide } });

  const shown = await client.call('query:collections.get', { collection: 'All', limit: 1 });
  assert.deepEqual([shown.items.map(({ label }) => label), shown.total.count], [['open'], 1]);
  assert.deepEqual([shown.private_left_out, shown.next_cursor], [3, undefined]);
  const all = await client.call('query:collections.get', { collection: 'All', private: true, limit: 3 });
  assert.deepEqual([all.items.length, all.total.count, all.private_left_out], [3, 4, undefined]);
  const rest = await client.call('query:collections.get', {
    collection: 'All',
    private: true,
    limit: 3,
    cursor: all.next_cursor ?? '',
  });
  assert.deepEqual([rest.items.map(({ label }) => label), rest.next_cursor], [['alone'], undefined]);
});

test('ten thousand items are added as one action, in their order, and taken back as one', async (context) => {
  const names = Array.from({ length: 10_000 }, (_, at) => `${at % 10}/${String(at).padStart(5, '0')}`);
  const { core, folder } = await withFiles(context, names, 'shallow');
  const { client } = core;
  await client.call('action:collections.create', { name: 'Many' });
  const { result } = await client.call('action:collections.add', {
    collection: 'Many',
    targets: { search: { query: 'type:text OR size:>0', within: folder } },
  });
  assert.deepEqual([result.added, result.count], [10_000, 10_000]);
  const first = await client.call('query:collections.get', { collection: 'Many', limit: 500 });
  assert.equal(first.items.length, 500);
  await client.call('action:history.undo', {});
  assert.equal((await client.call('query:collections.get', { collection: 'Many' })).total.count, 0);
});
