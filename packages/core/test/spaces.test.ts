import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { SpaceLayout } from '../src/domain/space.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

const layout = async ({ client }: TestCore, space?: string): Promise<SpaceLayout> =>
  (await client.call('query:spaces.get', space === undefined ? {} : { space })).space;
const groups = ({ groups: all }: SpaceLayout): string[] => all.map(({ name }) => name);
const named = (items: SpaceLayout['items']): string[] => items.map(({ name }) => name);
const groupOf = (space: SpaceLayout, name: string) => space.groups.find((group) => group.name === name);
const idOf = (one: { id?: string | undefined } | undefined): string => one?.id ?? assert.fail('it has an id');
const made = (changed: readonly { id: string }[]): string => idOf(changed[0]);

const DEFAULT = ['Quick access', 'Devices', 'Locations', 'Volumes', 'Collections', 'Tags'];

test('until somebody makes a space one is shown that is nowhere; the first change makes it', async (context) => {
  const core = await openTestCore(context);
  const { client } = core;
  const shown = await layout(core);
  assert.deepEqual(groups(shown), DEFAULT);
  assert.equal(shown.id, undefined);
  assert.deepEqual(named(groupOf(shown, 'Quick access')?.items ?? []), ['Overview', 'Recents', 'Favorites']);
  assert.deepEqual((await client.call('query:spaces.list')).spaces, [{ name: 'Home' }]);

  const { receipt } = await client.call('action:spaces.add_group', { name: 'Mine', place: 'start' });
  const now = await layout(core);
  assert.deepEqual(groups(now), ['Mine', ...DEFAULT]);
  assert.ok(now.id);
  await client.call('action:history.undo', { receipt });
  assert.equal((await layout(core)).id, undefined);
});

test('groups of a kind show all there is of it, by name, and take nothing by hand', async (context: TestContext) => {
  const core = await openTestCore(context, { watching: { limit: 0 } });
  const { client } = core;
  const folder = temporaryFolder(context);
  const { location } = await core.index(folder);
  await client.call('action:collections.create', { name: 'Best of', color: '#112233' });
  await client.call('action:tags.create', { name: 'holiday' });
  await client.call('action:tags.create', { name: 'beach', parents: ['holiday'] });
  await client.call('action:spaces.create', { name: 'Work' });
  const space = await layout(core);
  assert.deepEqual(named(groupOf(space, 'Locations')?.items ?? []), [location.name]);
  assert.deepEqual(named(groupOf(space, 'Tags')?.items ?? []), ['holiday']);
  assert.deepEqual(
    groupOf(space, 'Collections')?.items.map(({ name, color, state }) => [name, color, state]),
    [['Best of', '#112233', 'here']],
  );
  assert.equal(groupOf(space, 'Devices')?.items[0]?.state, 'here');
  const group = idOf(groupOf(space, 'Tags'));
  await assert.rejects(client.call('action:spaces.add_item', { group, kind: 'tag', target: 'beach' }), {
    code: 'CONFLICT',
  });
});

test('items lead somewhere, move within their space, and say so when what they led to has gone', async (context) => {
  const core = await openTestCore(context, { watching: { limit: 0 } });
  const { client } = core;
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, 'plans'));
  await client.call('action:tags.create', { name: 'holiday' });
  await client.call('action:spaces.create', { name: 'Work' });
  const added = async (input: Parameters<typeof client.call<'action:spaces.add_item'>>[1]): Promise<string> =>
    made((await client.call('action:spaces.add_item', input)).result.changed);
  const tag = await added({ kind: 'tag', target: 'Holiday' });
  const path = await added({ kind: 'path', target: join(folder, 'plans') });
  const search = await added({ kind: 'query', target: 'type:image -draft', place: 'start' });
  await assert.rejects(added({ kind: 'query', target: 'size:>many' }), { code: 'INVALID_INPUT' });
  await assert.rejects(added({ kind: 'recents', target: 'x' }), { code: 'INVALID_INPUT' });
  await assert.rejects(added({ kind: 'collection', target: 'none' }), { code: 'NOT_FOUND' });
  assert.deepEqual(named((await layout(core)).items), ['type:image -draft', 'holiday', 'plans']);

  const custom = made((await client.call('action:spaces.add_group', { name: 'Mine' })).result.changed);
  const moved = await client.call('action:spaces.reorder_items', {
    items: [path, search],
    group: custom,
    place: 'end',
  });
  let space = await layout(core);
  assert.deepEqual(named(space.items), ['holiday']);
  assert.deepEqual(named(groupOf(space, 'Mine')?.items ?? []), ['plans', 'type:image -draft']);
  await client.call('action:history.undo', { receipt: moved.receipt });
  assert.deepEqual(named((await layout(core)).items), ['type:image -draft', 'holiday', 'plans']);

  rmSync(join(folder, 'plans'), { recursive: true });
  await client.call('action:tags.delete', { tags: ['holiday'] });
  space = await layout(core);
  assert.deepEqual(
    space.items.map(({ name, state }) => [name, state]),
    [
      ['type:image -draft', 'here'],
      ['holiday', 'gone'],
      ['plans', 'gone'],
    ],
  );
  await client.call('action:spaces.delete_item', { item: tag });
  assert.deepEqual(named((await layout(core)).items), ['type:image -draft', 'plans']);
});

test('spaces and groups have an order that people give them; a space that is deleted comes back whole', async (context) => {
  const core = await openTestCore(context);
  const { client } = core;
  for (const name of ['One', 'Two', 'Three']) await client.call('action:spaces.create', { name });
  await assert.rejects(client.call('action:spaces.create', { name: 'TWO' }), { code: 'ALREADY_EXISTS' });
  const names = async (): Promise<string[]> => (await client.call('query:spaces.list')).spaces.map(({ name }) => name);
  await client.call('action:spaces.reorder', { space: 'three', place: 'start' });
  assert.deepEqual(await names(), ['Three', 'One', 'Two']);
  await client.call('action:spaces.update', { space: 'one', name: 'First', icon: 'house', color: '#abcdef' });

  const first = await layout(core, 'First');
  assert.deepEqual([first.icon, first.color], ['house', '#abcdef']);
  const tags = idOf(groupOf(first, 'Tags'));
  await client.call('action:spaces.update_group', {
    group: tags,
    name: 'Labels',
    collapsed: true,
    place: { before: idOf(groupOf(first, 'Devices')) },
  });
  await client.call('action:spaces.delete_group', { group: idOf(groupOf(first, 'Volumes')) });
  const arranged = await layout(core, 'First');
  assert.deepEqual(groups(arranged), ['Quick access', 'Labels', 'Devices', 'Locations', 'Collections']);
  assert.equal(groupOf(arranged, 'Labels')?.collapsed, true);

  const { receipt } = await client.call('action:spaces.delete', { space: 'First' });
  assert.deepEqual(await names(), ['Three', 'Two']);
  await client.call('action:history.undo', { receipt });
  assert.deepEqual(await layout(core, 'First'), arranged);
});
