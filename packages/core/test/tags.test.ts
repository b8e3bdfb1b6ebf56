import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

const UNWATCHED = { watching: { limit: 0 } } as const;

/** A core over a folder of a few files, scanned only when it is told to. */
async function desk(context: TestContext, mode: 'shallow' | 'content' = 'content') {
  const core = await openTestCore(context, UNWATCHED);
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, 'Trip'));
  for (const [name, text] of Object.entries({ 'a.txt': 'first', 'b.txt': 'second', 'Trip/c.txt': 'third' }))
    writeFileSync(join(folder, name), text);
  const { location } = await core.index(folder, { mode });
  const at = (name: string): string => join(folder, name);
  return {
    ...core,
    folder,
    location,
    at,
    rescan: () => core.rescan(location.id),
    tagsOf: async (name: string) =>
      (await core.client.call('query:metadata.get', { path: at(name) })).tags.map((tag) => tag.name),
    saidOf: async (name: string) => (await core.client.call('query:metadata.get', { path: at(name) })).metadata,
    apply: async (tags: string[], ...names: string[]) =>
      (await core.client.call('action:tags.apply', { tags, targets: { paths: names.map(at) }, create: true })).result,
  };
}

const refused = (code: string, message: RegExp) => (error: unknown) =>
  (error as { code?: string }).code === code && message.test((error as Error).message);

test('a tag holds for every copy of a file, and stays through a move, a rename, an edit and a restart', async (context) => {
  const { apply, tagsOf, rescan, at, client, close, dataFolder, location } = await desk(context);
  const { changed, targets, created } = await apply(['Holiday'], 'a.txt');
  assert.deepEqual([changed, targets, created.length], [1, 1, 1]);
  copyFileSync(at('a.txt'), at('copy.txt'));
  await rescan();
  assert.deepEqual(await tagsOf('copy.txt'), ['Holiday']);

  renameSync(at('a.txt'), at('Trip/renamed.md'));
  await rescan();
  assert.deepEqual(await tagsOf('Trip/renamed.md'), ['Holiday']);

  writeFileSync(at('Trip/renamed.md'), 'edited: longer than before');
  await rescan();
  assert.deepEqual(await tagsOf('Trip/renamed.md'), ['Holiday']);
  const { tags } = await client.call('query:metadata.get', { path: at('Trip/renamed.md') });
  assert.equal(tags[0]?.said_of, 'content');
  assert.deepEqual(await tagsOf('copy.txt'), ['Holiday'], 'the copy that was not edited keeps it');

  await close();
  const again = await openTestCore(context, { dataFolder, ...UNWATCHED });
  const seen = await again.client.call('query:metadata.get', { path: at('Trip/renamed.md') });
  assert.deepEqual(
    seen.tags.map(({ name }) => name),
    ['Holiday'],
  );
  assert.ok(location.id);
});

test('what is said in a shallow location is said of the entry, and holds once contents are known', async (context) => {
  const { apply, tagsOf, client, location, rescan, at, completed } = await desk(context, 'shallow');
  await apply(['Draft'], 'a.txt', 'Trip');
  const { tags } = await client.call('query:metadata.get', { path: at('a.txt') });
  assert.deepEqual([tags[0]?.name, tags[0]?.said_of], ['Draft', 'entry']);
  renameSync(at('a.txt'), at('moved.txt'));
  await rescan();
  assert.deepEqual(await tagsOf('moved.txt'), ['Draft']);
  const { result } = await client.call('action:locations.update', { location: location.id, mode: 'content' });
  if (result.job) await completed(result.job);
  assert.deepEqual(await tagsOf('moved.txt'), ['Draft']);
  assert.deepEqual(await tagsOf('Trip'), ['Draft']);
  await client.call('action:metadata.update', { targets: { paths: [at('moved.txt')] }, rating: 4 });
  const { metadata } = await client.call('query:metadata.get', { path: at('moved.txt') });
  assert.deepEqual([metadata.rating, metadata.said_of['rating']], [4, 'content']);
});

test('one action tags many, and one undo takes it back', async (context) => {
  const { client, tagsOf, at } = await desk(context);
  const preview = await client.call('preview:tags.apply', {
    tags: ['work/urgent', 'Later'],
    targets: { search: { types: ['file'] } },
    create: true,
  });
  assert.deepEqual(
    preview.steps.map(({ what, target }) => `${what} ${target}`),
    ['create tag work/urgent', 'tag 3 files', 'create tag Later', 'tag 3 files'],
  );
  const { result, receipt } = await client.call('action:tags.apply', { plan_id: preview.plan_id });
  assert.deepEqual([result.changed, result.targets], [6, 3]);
  assert.equal((await client.call('verify:tags.apply', { receipt })).ok, true);
  assert.deepEqual(await tagsOf('Trip/c.txt'), ['Later', 'urgent']);
  await client.call('action:history.undo', { receipt });
  assert.deepEqual(await tagsOf('Trip/c.txt'), []);
  assert.deepEqual((await client.call('query:tags.list', {})).tags, []);
  await client.call('action:history.redo', {});
  assert.deepEqual(await tagsOf('a.txt'), ['Later', 'urgent']);

  const gone = await client.call('action:tags.unapply', { tags: ['Later'], targets: { paths: [at('a.txt')] } });
  assert.equal(gone.result.changed, 1);
  assert.deepEqual(await tagsOf('a.txt'), ['urgent']);
});

test('what is said of folders says folders', async (context) => {
  const { client, at } = await desk(context);
  const targets = { paths: ['Trip', 'a.txt', 'b.txt'].map(at) };
  const said = async () => (await client.call('query:history.list', { limit: 1 })).actions[0]?.summary;
  const tag = { tags: ['Lisbon'], targets, create: true };
  const { summary, steps } = await client.call('preview:tags.apply', tag);
  assert.deepEqual([summary, steps[1]?.target], ['Tag 2 files and one folder "Lisbon".', '3 items']);
  await client.call('action:tags.apply', tag);
  assert.equal(await said(), 'Tagged 2 files and one folder "Lisbon"');
  await client.call('action:metadata.update', { targets, favorite: true });
  assert.equal(await said(), 'Changed the favorite mark of 2 files and one folder');
  await client.call('action:tags.unapply', { tags: ['Lisbon'], targets: { paths: [at('Trip')] } });
  assert.equal(await said(), 'Took "Lisbon" from one folder');
  await client.call('action:collections.create', { name: 'Mine' });
  await client.call('action:collections.add', { collection: 'Mine', targets });
  assert.equal(await said(), 'Added 3 items to "Mine"');
});

test('a name leads to a tag by alias and abbreviation; an ambiguous one is told by what is around, else asked for', async (context) => {
  const { client, at, apply } = await desk(context);
  const make = async (tag: Record<string, unknown>) =>
    (await client.call('action:tags.create', tag as { name: string })).result.tag;
  await make({ name: 'Project', namespace: 'work', abbreviation: 'prj', aliases: ['Vorhaben'] });
  await make({ name: 'project', namespace: 'home', color: '#FF8800' });
  await assert.rejects(make({ name: 'PROJECT', namespace: 'Home' }), refused('ALREADY_EXISTS', /home\/project/));
  const get = async (tag: string) => (await client.call('query:tags.get', { tag })).tag;
  assert.equal((await get('vorhaben')).namespace, 'work');
  assert.equal((await get('PRJ')).namespace, 'work');
  assert.equal((await get('home:project')).color, '#ff8800');
  await assert.rejects(get('project'), refused('CONFLICT', /work\/Project, home\/project/));
  await assert.rejects(get('projekt'), refused('NOT_FOUND', /no tag "projekt"/));

  await make({ name: 'Garden', namespace: 'home' });
  await apply(['Garden'], 'a.txt');
  await apply(['project'], 'a.txt');
  const { tags } = await client.call('query:metadata.get', { path: at('a.txt') });
  assert.deepEqual(
    tags.map(({ namespace, name }) => `${namespace}/${name}`),
    ['home/Garden', 'home/project'],
  );
});

test('tags are renamed, merged and deleted, each undone by one undo', async (context) => {
  const { client, tagsOf, apply } = await desk(context);
  await apply(['Cat'], 'a.txt', 'b.txt');
  await apply(['Kitten'], 'b.txt', 'Trip/c.txt');
  await client.call('action:tags.create', { name: 'Animal', aliases: ['Fauna'] });
  await client.call('action:tags.add_parent', { tag: 'Kitten', parent: 'Animal' });
  await client.call('action:tags.rename', { tag: 'Cat', name: 'Cats', keep_alias: true });
  assert.equal((await client.call('query:tags.get', { tag: 'cat' })).tag.name, 'Cats');

  const plan = await client.call('preview:tags.merge', { from: ['Kitten'], into: 'Cats' });
  assert.match(plan.steps[0]?.detail ?? '', /^2 have it/);
  const merged = await client.call('action:tags.merge', { plan_id: plan.plan_id });
  const { tag, moved } = merged.result;
  assert.deepEqual([moved, tag.applied, tag.aliases], [1, 3, ['Cat', 'Kitten']]);
  assert.deepEqual(
    tag.parents.map(({ name }) => name),
    ['Animal'],
  );
  assert.deepEqual(await tagsOf('Trip/c.txt'), ['Cats']);
  await client.call('action:history.undo', { receipt: merged.receipt });
  assert.deepEqual(await tagsOf('b.txt'), ['Cats', 'Kitten']);
  assert.deepEqual(await tagsOf('Trip/c.txt'), ['Kitten']);

  const deleted = await client.call('action:tags.delete', { tags: ['Kitten'] });
  assert.equal(deleted.result.unapplied, 2);
  assert.deepEqual(await tagsOf('Trip/c.txt'), []);
  await client.call('action:history.undo', { receipt: deleted.receipt });
  assert.deepEqual(await tagsOf('Trip/c.txt'), ['Kitten']);
  assert.deepEqual(
    (await client.call('query:tags.ancestors', { tag: 'Kitten' })).tags.map(({ name }) => name),
    ['Animal'],
  );
});

test('no tag comes above itself, neither by adding a parent nor by undoing', async (context) => {
  const { client } = await desk(context);
  for (const name of ['One', 'Two', 'Three']) await client.call('action:tags.create', { name });
  const below = (tag: string, parent: string) => client.call('action:tags.add_parent', { tag, parent });
  await below('Two', 'One');
  await below('Three', 'Two');
  await assert.rejects(below('One', 'Three'), refused('CONFLICT', /above itself/));
  await assert.rejects(below('One', 'One'), refused('CONFLICT', /its own parent/));
  const { receipt } = await client.call('action:tags.remove_parent', { tag: 'Two', parent: 'One' });
  await below('One', 'Three');
  await assert.rejects(client.call('action:history.undo', { receipt }), refused('CHANGED_SINCE', /./));
});

test('what keeps an undo from being done is named as people call it', async (context) => {
  const { client, at } = await desk(context);
  const rate = (rating: number) => client.call('action:metadata.update', { targets: { paths: [at('a.txt')] }, rating });
  const { receipt } = await rate(3);
  await rate(5);
  const undo = client.call('action:history.undo', { receipt });
  await assert.rejects(undo, refused('CHANGED_SINCE', /: "a\.txt": its rating changed again since$/));
});

test('metadata is said of contents and entries, and what is nearer goes first', async (context) => {
  const { client, at, saidOf } = await desk(context);
  copyFileSync(at('a.txt'), at('copy.txt'));
  await client.call('action:locations.rescan', {
    location: (await client.call('query:locations.list', {})).locations[0]?.id ?? '',
  });
  const say = (name: string, what: Record<string, unknown>) =>
    client.call('action:metadata.update', { targets: { paths: [at(name)] }, ...what });
  await say('a.txt', {
    favorite: true,
    rating: 3,
    fields: { Author: 'Ada', Read: { date: 1 }, Pages: 12, Done: true },
  });
  await say('a.txt', { on: 'entry', favorite: false, fields: { Author: 'Bob' } });
  const { favorite, rating, fields, said_of } = await saidOf('a.txt');
  assert.deepEqual([favorite, rating, fields?.['Author'], fields?.['Pages']], [false, 3, 'Bob', 12]);
  assert.deepEqual([said_of['favorite'], said_of['rating'], said_of['fields.Author']], ['entry', 'content', 'entry']);
  await say('a.txt', { on: 'entry', favorite: null, fields: { Author: null } });
  assert.deepEqual([(await saidOf('a.txt')).favorite, (await saidOf('a.txt')).fields?.['Author']], [true, 'Ada']);
  const undone = await say('a.txt', { rating: null, note: 'keep' });
  assert.equal((await saidOf('a.txt')).rating, 0);
  await client.call('action:history.undo', { receipt: undone.receipt });
  assert.deepEqual([(await saidOf('a.txt')).rating, (await saidOf('a.txt')).note], [3, undefined]);
  await assert.rejects(say('Trip', { on: 'content', rating: 1 }), refused('CONFLICT', /not known/));
  await assert.rejects(say('a.txt', {}), refused('INVALID_INPUT', /say what changes/));
});

test('listings show tags, favorites and stars, and leave out what is private unless it is asked for', async (context) => {
  const { client, at, folder, apply } = await desk(context);
  await client.call('action:tags.create', { name: 'Private', kind: 'privacy' });
  await client.call('action:tags.create', { name: 'Diary', parents: ['Private'], color: '#112233' });
  await apply(['Diary'], 'Trip');
  await apply(['Later', 'Beach'], 'a.txt');
  await client.call('action:metadata.update', { targets: { paths: [at('a.txt')] }, favorite: true, rating: 5 });
  await client.call('action:metadata.update', { targets: { paths: [at('b.txt')] }, hidden: true });
  const list = (path: string, more = {}) => client.call('query:vdfs.list_entries', { path, ...more });

  const { entries, total, private_left_out } = await list(folder);
  assert.deepEqual(
    entries.map(({ name, favorite, rating, tags }) => [name, favorite, rating, tags?.map((tag) => tag.name)]),
    [['a.txt', true, 5, ['Beach', 'Later']]],
  );
  assert.deepEqual([total, private_left_out], [1, 2]);
  const whole = await list(folder, { private: true });
  assert.deepEqual(
    whole.entries.map(({ name }) => name),
    ['Trip', 'a.txt', 'b.txt'],
  );
  assert.equal(whole.private_left_out, undefined);
  assert.deepEqual((await list(at('Trip'))).entries, [], 'what lies below it is left out too');
  assert.equal((await list(at('Trip'), { private: true })).total, 1);

  const info = await client.call('query:vdfs.entry_info', { path: at('a.txt') });
  assert.deepEqual(
    [info.favorite, info.metadata?.rating, info.tags?.map(({ said_of }) => said_of)],
    [true, 5, ['content', 'content']],
  );
});

test('tags are found by a part of their name, and children by their parent', async (context) => {
  const { client, at, apply } = await desk(context);
  await apply(['Cats'], 'a.txt');
  await client.call('action:tags.create', { name: 'Animals' });
  await client.call('action:tags.add_parent', { tag: 'Cats', parent: 'Animals' });
  const { tags } = await client.call('query:tags.children', { tag: 'Animals' });
  assert.deepEqual(
    tags.map(({ name }) => name),
    ['Cats'],
  );
  const found = await client.call('query:tags.search', { text: 'cat' });
  assert.deepEqual(
    found.tags.map(({ name, applied }) => [name, applied]),
    [['Cats', 1]],
  );
  assert.ok(at('a.txt'));
});

test('tags are suggested by what goes together, by neighbours and by names', async (context) => {
  const { client, at, apply } = await desk(context);
  await apply(['Beach', 'Summer'], 'a.txt');
  await apply(['Beach'], 'b.txt');
  await client.call('action:tags.create', { name: 'Trip' });
  await client.call('action:tags.create', { name: 'Unrelated' });
  const suggest = async (input: Record<string, unknown>) =>
    (await client.call('query:tags.suggest', input)).suggestions.map(({ tag, reasons }) => [tag.name, ...reasons]);
  assert.deepEqual(await suggest({ targets: { paths: [at('b.txt')] } }), [['Summer', 'together', 'folder']]);
  assert.deepEqual(await suggest({ targets: { paths: [at('Trip/c.txt')] } }), [['Trip', 'name']]);
  assert.deepEqual(await suggest({ text: 'su' }), [['Summer', 'text']]);
  // Neighbours that are private are not learnt from, unless that is asked for.
  await client.call('action:tags.create', { name: 'Secret', kind: 'privacy' });
  await apply(['Secret', 'Beach'], 'a.txt');
  assert.deepEqual(await suggest({ targets: { paths: [at('b.txt')] } }), [['Summer', 'together']]);
  const all = await suggest({ targets: { paths: [at('b.txt')] }, private: true });
  assert.deepEqual(new Set(all.map(([name]) => name)), new Set(['Secret', 'Summer']));
  const statistics = await client.call('query:library.statistics', {});
  assert.equal(statistics.private_left_out, 1);
  assert.ok(!statistics.largest.some(({ name }) => name === 'a.txt'));
  const { largest, private_left_out } = await client.call('query:library.statistics', { private: true });
  assert.ok(largest.some(({ name }) => name === 'a.txt'));
  assert.equal(private_left_out, undefined);
});
