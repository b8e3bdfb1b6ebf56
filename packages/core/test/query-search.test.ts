import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

async function desk(context: TestContext) {
  const folder = temporaryFolder(context);
  const write = (name: string, text = `what is in ${name}`): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const name of ['Trip/a.jpg', 'Trip/b.jpg', 'Trip/draft.jpg', 'Work/report.pdf', 'notes.txt']) write(name);
  const core = await openTestCore(context, { watching: { limit: 0 } });
  const { location } = await core.index(folder);
  const { client } = core;
  const found = async (query: string, more: object = {}): Promise<string[]> =>
    (await client.call('query:search.files', { query, sort: 'name', ...more })).entries.map(({ name }) => name);
  const at = (name: string): string => join(folder, name);
  return { client, core, location, write, found, at };
}

test('queries and filters go by what people say, from the moment they say it', async (context) => {
  const { client, found, at, core, location, write } = await desk(context);
  const { result } = await client.call('action:tags.create', { name: 'Holiday' });
  await client.call('action:tags.create', { name: 'Italy', parents: [result.tag.id] });
  assert.deepEqual(await found('tag:holiday'), []);
  await client.call('action:tags.apply', { tags: ['Italy'], targets: { search: { query: 'in:Trip -draft is:file' } } });
  assert.deepEqual(await found('tag:holiday type:image'), ['a.jpg', 'b.jpg']);
  assert.deepEqual(await found('tag:=holiday'), []);
  assert.deepEqual(await found('type:image -tag:italy'), ['draft.jpg']);
  assert.deepEqual(await found('', { tags: { none: ['Holiday'] }, types: ['file'] }), [
    'draft.jpg',
    'notes.txt',
    'report.pdf',
  ]);
  await client.call('action:metadata.update', { targets: { paths: [at('Trip/a.jpg')] }, rating: 4 });
  assert.deepEqual(await found('rating:>=4 OR name:rep*'), ['a.jpg', 'report.pdf']);
  assert.deepEqual(await found('tag:italy', { min_rating: 5 }), []);

  // A copy has what is said of its content, as soon as it is known.
  write('Work/copy.jpg', 'what is in Trip/a.jpg');
  await core.rescan(location.id);
  assert.deepEqual(await found('tag:italy rating:4'), ['a.jpg', 'copy.jpg']);
  assert.deepEqual(await found('is:duplicate'), ['a.jpg', 'copy.jpg']);
  rmSync(at('Work/copy.jpg'));
  await core.rescan(location.id);
  assert.deepEqual(await found('is:duplicate'), []);
});

test('what is hidden is left out with all below it, unless it is asked for', async (context) => {
  const { client, found, at } = await desk(context);
  await client.call('action:metadata.update', { targets: { paths: [at('Trip')] }, hidden: true });
  assert.deepEqual(await found('type:image'), []);
  assert.deepEqual(await found('type:image', { private: true }), ['a.jpg', 'b.jpg', 'draft.jpg']);
  assert.deepEqual(await found('type:image is:hidden'), ['a.jpg', 'b.jpg', 'draft.jpg']);
  await client.call('action:tags.create', { name: 'Secret', kind: 'privacy' });
  await client.call('action:tags.apply', { tags: ['Secret'], targets: { paths: [at('notes.txt')] } });
  assert.deepEqual(await found('notes'), []);
  assert.deepEqual(await found('notes tag:secret'), ['notes.txt']);
  assert.equal((await client.call('query:search.count', { query: 'is:file' })).count, 1);
});

test('a mistake comes with its place; so does what is not there', async (context) => {
  const { client } = await desk(context);
  const failure = async (query: string) => {
    try {
      await client.call('query:search.files', { query });
    } catch (error) {
      const { code, data } = error as {
        code: string;
        data: { query?: { start: number; length: number; suggestion?: string } };
      };
      return [
        code,
        data.query && query.slice(data.query.start, data.query.start + data.query.length),
        data.query?.suggestion,
      ];
    }
    return assert.fail(`${query} is understood`);
  };
  assert.deepEqual(await failure('a type:imag'), ['INVALID_INPUT', 'imag', 'image']);
  assert.deepEqual(await failure('x tag:nothing'), ['NOT_FOUND', 'nothing', undefined]);
  assert.deepEqual(await failure('-(location:Triip OR x)'), ['NOT_FOUND', 'Triip', undefined]);
  assert.deepEqual(await failure('in:/nowhere/at/all'), ['NOT_FOUND', '/nowhere/at/all', undefined]);
  assert.deepEqual(await failure('collection:best'), ['NOT_FOUND', 'best', undefined]);
});

test('smart collections are queries, also within queries; one that is in itself is refused', async (context) => {
  const { client, found } = await desk(context);
  await client.call('action:collections.create', { name: 'Pictures', query: 'type:image' });
  await client.call('action:collections.create', { name: 'Good ones', query: 'collection:Pictures -draft' });
  assert.deepEqual(await found('collection:"good ones"'), ['a.jpg', 'b.jpg']);
  assert.deepEqual(await found('-collection:pictures is:file'), ['notes.txt', 'report.pdf']);
  const { collections } = await client.call('query:collections.list', {});
  assert.deepEqual(
    collections.map(({ name, count }) => [name, count]),
    [
      ['Good ones', 2],
      ['Pictures', 3],
    ],
  );
  const update = (collection: string, change: { name?: string; query?: string }) =>
    client.call('action:collections.update', { collection, ...change });
  await assert.rejects(update('Pictures', { query: 'collection:"Good ones"' }), { code: 'CONFLICT' });
  // Names are looked up when they are searched by: one that is given away may lead back.
  await update('Pictures', { name: 'Images' });
  await update('Good ones', { name: 'Pictures' });
  await assert.rejects(found('collection:pictures'), { code: 'CONFLICT' });
});

test('facets and suggestions know the library; pages go on while tags come and go', async (context) => {
  const { client } = await desk(context);
  const { total, facets } = await client.call('query:search.facets', {
    query: 'is:file',
    facets: ['kinds', 'extensions'],
  });
  assert.equal(total.count, 5);
  assert.deepEqual(facets[0]?.values[0], { value: 'image', count: 3, query: 'type:image' });
  await client.call('action:tags.create', { name: 'Holiday' });
  const { suggestions } = await client.call('query:search.suggest', { query: 'tag:ho' });
  assert.deepEqual(
    suggestions.map(({ text }) => text),
    ['Holiday'],
  );

  const tagged = { tags: ['Holiday'], targets: { search: { query: 'is:file' } } };
  await client.call('action:tags.apply', tagged);
  const asked = { query: 'tag:holiday', sort: 'name', limit: 2 } as const;
  const first = await client.call('query:search.files', asked);
  const [last] = first.entries.slice(-1);
  await client.call('action:tags.unapply', { tags: ['Holiday'], targets: { entries: [last?.id ?? 0] } });
  const rest = await client.call('query:search.files', { ...asked, limit: 10, cursor: first.next_cursor ?? '' });
  assert.deepEqual(
    [...first.entries, ...rest.entries].map(({ name }) => name),
    ['a.jpg', 'b.jpg', 'draft.jpg', 'notes.txt', 'report.pdf'],
  );
});
