import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FACETS } from '../src/domain/facet.ts';
import type { ExportResult } from '../src/exporting/result.ts';
import { operations } from '../src/operations/index.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

/** In the name of everything that is private, and of nothing else. */
const SECRET = 'zugeknöpft';
const SAME = 'the same in all of them';
const FILES: Readonly<Record<string, string>> = {
  'open/one.txt': SAME,
  'open/two.txt': SAME,
  'open/other.txt': 'unlike all others',
  [`${SECRET}.txt`]: SAME,
  [`${SECRET} folder/copy.txt`]: SAME,
  [`${SECRET} folder/${SECRET} alone.${SECRET}`]: 'once, and of nobody else’s concern',
  [`${SECRET} folder/${SECRET} deeper/file.txt`]: 'also once',
  [`${SECRET} folder/${SECRET} thrown away.txt`]: 'thrown away',
  [`${SECRET} gone.txt`]: 'thrown away too',
};

/** A library with files that have a privacy tag, or lie in a folder that has, in every place where entries are named. */
async function withSecrets(context: TestContext) {
  ownTrash(context);
  const folder = temporaryFolder(context);
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const core = await openTestCore(context, { watching: { limit: 0 } });
  const { client } = core;
  const { location } = await core.index(folder, { mode: 'content' });
  const at = (name: string): string => join(folder, name);
  await client.call('action:tags.create', { name: 'Veil', kind: 'privacy' });
  await client.call('action:tags.create', { name: 'Diary', parents: ['Veil'] });
  const hidden = [`${SECRET}.txt`, `${SECRET} folder`, `${SECRET} gone.txt`].map(at);
  await client.call('action:tags.apply', { tags: ['Diary'], on: 'entry', targets: { paths: hidden } });
  return { core, client, folder, location, at };
}

async function inEveryPlace(context: TestContext) {
  const world = await withSecrets(context);
  const { core, client, folder, at } = world;
  for (const name of [`${SECRET} gone.txt`, `${SECRET} folder/${SECRET} thrown away.txt`]) {
    const { result } = await client.call('action:entries.trash', { sources: [at(name)] });
    await core.completed(result.job);
  }
  const targets = { paths: [at('open/one.txt'), at(`${SECRET}.txt`), at(`${SECRET} folder/copy.txt`)] };
  await client.call('action:collections.create', { name: 'All' });
  await client.call('action:collections.add', { collection: 'All', targets });
  await client.call('action:collections.create', { name: 'Found', query: 'size:>0' });
  const { result } = await client.call('action:spaces.create', { name: 'Mine' });
  const space = result.changed.find(({ what }) => what === 'space')?.id ?? '';
  for (const name of ['open', `${SECRET} folder`, `${SECRET}.txt`])
    await client.call('action:spaces.add_item', { space, kind: 'path', target: at(name) });
  const { entries } = await client.call('query:vdfs.list_entries', { path: folder, private: true });
  const entry = entries.find(({ name }) => name === `${SECRET}.txt`);
  const plan = await client.call('preview:entries.trash', { sources: [at(`${SECRET}.txt`)] });
  const { actions } = await client.call('query:history.list', {});
  const trashed = actions.find(({ operation }) => operation === 'entries.trash');
  const { jobs } = await client.call('query:jobs.list', {});
  return {
    ...world,
    plan: plan.plan_id,
    receipt: trashed?.receipt ?? '',
    job: jobs.find(({ kind }) => kind === 'entries.carry_out')?.id ?? '',
    id: entry?.id ?? 0,
    uuid: entry?.uuid ?? '',
    content: entry?.content_id ?? '',
    once: (await client.call('query:vdfs.entry_info', { path: at(`${SECRET} folder/${SECRET} alone.${SECRET}`) }))
      .content_id,
  };
}
type World = Awaited<ReturnType<typeof inEveryPlace>>;

type Query = Extract<(typeof operations)[number], { run: unknown }>['name'];
type Queries = Partial<Record<Query, readonly Readonly<Record<string, unknown>>[]>>;

/** Every query, asked so that it would name what is private. A new one has to say here how it keeps to the rule. */
function asked(world: World): {
  /** Name it when `private` is given, and not else. */
  whenAsked: Queries;
  /** Name it because that very entry is what they are asked about. */
  asAddressed: Queries;
  /** Name it as what somebody did, whatever became of it since: a record that leaves something out is none. */
  asDone: Queries;
  /** Have no names of entries to show. */
  never: Queries;
} {
  const { folder, location, at, id, uuid, content, once, plan, receipt, job } = world;
  const within = { within: folder };
  return {
    whenAsked: {
      'collections.get': [{ collection: 'All' }, { collection: 'Found' }],
      'content.duplicates': [{}, within, { extensions: ['txt'] }, { locations: [location.id], min_size: 1 }],
      'content.instances': [{ content_id: content }, { path: at('open/one.txt') }],
      'content.redundancy': [{}, { once: 'volume' }, within],
      'entries.list_trash': [{}, { limit: 1 }],
      'library.statistics': [{}],
      'locations.preview_rules': [{ path: folder, rules: { exclude: ['*.txt', '* deeper'] } }],
      'search.files': [{}, { query: 'size:>0' }, { text: SECRET }, { within: at(`${SECRET} folder`) }],
      'search.suggest': [{ query: `in:${SECRET.slice(0, 4)}` }],
      'spaces.get': [{}],
      'vdfs.list_entries': [{ path: folder }],
      'vdfs.path_of': [{ content_id: content }],
    },
    asAddressed: {
      'content.instances': [{ content_id: once }],
      'plans.steps': [{ plan_id: plan }],
      'vdfs.entry_info': [{ path: at(`${SECRET}.txt`) }, { id }, { uuid }, { path: `content://${once}` }],
      'vdfs.path_of': [{ id }, { uuid }, { content_id: once }],
      'locations.validate_path': [{ path: at(`${SECRET} folder`) }],
    },
    asDone: {
      'audit.list': [{}],
      'history.info': [{ receipt }],
      'history.list': [{}],
      'jobs.info': [{ id: job }],
      'jobs.list': [{}],
    },
    never: {
      'collections.list': [{}],
      'core.device': [{}],
      'core.doctor': [{}],
      'core.status': [{}],
      'jobs.log': [{ id: job }],
      'libraries.info': [{}],
      'libraries.list': [{}],
      'libraries.verify': [{}],
      'library.media_url': [{ file: id }],
      'locations.info': [{ location: location.id }],
      'locations.list': [{}],
      'locations.suggested': [{}],
      'metadata.get': [{ path: at(`${SECRET}.txt`) }],
      'search.count': [{}],
      'search.facets': [{ facets: [...FACETS] }],
      'settings.get': [{}],
      'sidecars.list': [{ path: at(`${SECRET}.txt`) }],
      'spaces.list': [{}],
      'tags.ancestors': [{ tag: 'Diary' }],
      'tags.children': [{ tag: 'Veil' }],
      'tags.get': [{ tag: 'Diary' }],
      'tags.list': [{}],
      'tags.search': [{ text: 'diary' }],
      'tags.suggest': [{ targets: { paths: [at('open/one.txt')] } }],
      'vdfs.entry_info': [{ path: at('open/one.txt') }, { path: folder }, { path: `content://${content}` }],
      'vdfs.list_entries': [{ path: at('open') }],
      'volumes.info': [],
      'volumes.list': [{}],
    },
  };
}

function each(queries: Queries): [query: string, input: object][] {
  return Object.entries(queries).flatMap(([query, inputs]) => inputs.map((input): [string, object] => [query, input]));
}

test('what is private', async (context) => {
  const world = await inEveryPlace(context);

  await context.test('no query names it unless it is asked for, by an option or by itself', async () => {
    const { whenAsked, asAddressed, asDone, never } = asked(world);
    const decided = new Set([whenAsked, asAddressed, asDone, never].flatMap((queries) => Object.keys(queries)));
    assert.deepEqual(
      operations.flatMap((operation) => ('run' in operation && !decided.has(operation.name) ? [operation.name] : [])),
      [],
      'a new query says above whether it shows what is private',
    );
    const names = async (query: string, input: object): Promise<boolean> => {
      const answer = await world.client.call(`query:${query}` as 'query:search.files', input);
      const text = JSON.stringify(answer);
      return text.includes(SECRET) || text.includes(encodeURIComponent(SECRET));
    };
    const wrong: string[] = [];
    const expectNamed = async (query: string, input: object, expected: boolean): Promise<void> => {
      if ((await names(query, input)) !== expected)
        wrong.push(`${query} ${JSON.stringify(input)} ${expected ? 'does not name it' : 'names it'}`);
    };
    for (const [query, input] of each(whenAsked)) {
      await expectNamed(query, input, false);
      await expectNamed(query, { ...input, private: true }, true);
    }
    for (const [query, input] of [...each(asAddressed), ...each(asDone)]) await expectNamed(query, input, true);
    for (const [query, input] of each(never)) await expectNamed(query, input, false);
    assert.deepEqual(wrong, []);
  });

  await context.test('it is in no count and no sum either, and answers say how many are left out', async () => {
    const { client, at } = world;
    const count = async (input: object): Promise<number> => (await client.call('query:search.count', input)).count;
    assert.deepEqual([await count({ types: ['file'] }), await count({ types: ['file'], private: true })], [3, 7]);

    const duplicates = async (more: object = {}) => {
      const { groups, total, private_left_out: left } = await client.call('query:content.duplicates', more);
      const of = groups.map((group) => [
        group.count,
        group.entries_total,
        group.entries.length,
        group.private_left_out,
      ]);
      return { of, total: [total.groups, total.files, total.reclaimable_bytes], left };
    };
    const open = { of: [[2, 2, 2, 2]], total: [1, 2, SAME.length], left: undefined };
    const all = { of: [[4, 4, 4, undefined]], total: [1, 4, SAME.length * 3], left: undefined };
    assert.deepEqual([await duplicates(), await duplicates({ private: true })], [open, all]);
    assert.deepEqual(await duplicates({ extensions: ['txt'] }), open);
    const inside = { within: at(`${SECRET} folder`) };
    assert.deepEqual((await duplicates({ ...inside, private: true })).of, []);

    const once = async (more: object = {}) => {
      const { items, total, private_left_out: left } = await client.call('query:content.redundancy', more);
      return { items: items.length, contents: total.contents, left };
    };
    assert.deepEqual(await once(), { items: 1, contents: 1, left: 2 });
    assert.deepEqual(await once({ private: true }), { items: 3, contents: 3, left: undefined });
    assert.deepEqual(await once(inside), { items: 0, contents: 0, left: 2 });
    const onVolume = await client.call('query:content.redundancy', { once: 'volume' });
    assert.deepEqual(
      onVolume.items.map(({ copies, entry }) => [copies, entry?.name]),
      [
        [2, 'one.txt'],
        [1, 'other.txt'],
      ],
    );

    const sums = async (more: object = {}) => {
      const found = await client.call('query:library.statistics', more);
      assert.equal(found.text_index.total, 10);
      return [found.files, found.folders, found.duplicates.files, found.extensions.length, found.private_left_out];
    };
    assert.deepEqual(await sums(), [3, 1, 2, 1, 6]);
    assert.deepEqual(await sums({ private: true }), [7, 3, 4, 2, undefined]);

    const { collections } = await client.call('query:collections.list', {});
    assert.deepEqual(
      collections.map(({ count: items, private_left_out: left }) => [items, left]),
      [
        [1, 2],
        [3, undefined],
      ],
    );
    const trash = async (more: object = {}) => {
      const { items, total, private_left_out: left } = await client.call('query:entries.list_trash', more);
      return [items.length, total, left];
    };
    assert.deepEqual(
      [await trash(), await trash({ private: true })],
      [
        [0, 0, 2],
        [2, 2, undefined],
      ],
    );
    const { private_left_out: pins } = await client.call('query:spaces.get', {});
    assert.equal(pins, 2);
  });

  await context.test('an export leaves it out unless it is asked for, and says how many were', async () => {
    const { core, client, folder } = world;
    const out = temporaryFolder(context);
    const written = async (name: string, more: object = {}): Promise<{ result: ExportResult; text: string }> => {
      const input = { path: join(out, name), format: 'ndjson' as const, ...more };
      const { result } = await client.call('action:library.export', input);
      const job = await core.completed(result.job);
      return { result: job.result as ExportResult, text: readFileSync(join(out, name), 'utf8') };
    };
    const plan = await client.call('preview:library.export', { path: join(out, 'x.csv'), format: 'csv' });
    assert.match(plan.warnings.join(), /gave a privacy tag, is left out/);
    const some = await written('some.ndjson');
    assert.deepEqual([some.result.entries, some.result.lines, some.result.private_left_out], [5, 5, 6]);
    assert.ok(!some.text.includes(SECRET));
    const all = await written('all.ndjson', { private: true, within: folder });
    assert.deepEqual([all.result.entries, all.result.private_left_out], [11, undefined]);
    assert.ok(all.text.includes(`${SECRET} alone`));
  });

  await context.test(
    'copies that are private are neither taken by a dedupe that was not asked for them, nor relied on',
    async () => {
      const { core, client, at } = world;
      const secret = [`${SECRET}.txt`, `${SECRET} folder/copy.txt`].map(at);
      const plan = await client.call('preview:content.dedupe', {});
      assert.ok(!JSON.stringify(plan).includes(SECRET));
      assert.match(plan.warnings.join(), /private copies are left alone/);
      const { result } = await client.call('action:content.dedupe', { plan_id: plan.plan_id });
      await core.completed(result.job);
      assert.ok(secret.every((path) => existsSync(path)));
      assert.equal(['open/one.txt', 'open/two.txt'].filter((name) => existsSync(at(name))).length, 1);

      // Of the one that is left and its private copies none goes: what stays must be in sight.
      const again = await client.call('preview:content.dedupe', {});
      assert.deepEqual(again.steps, []);
      const wanted = await client.call('preview:content.dedupe', { private: true });
      assert.equal(wanted.steps.length, 2);
      assert.ok(JSON.stringify(wanted.steps).includes(SECRET));
    },
  );
});
