import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { afterEach, beforeEach, test } from 'node:test';
import { nodeFiles } from '@sd/platform-node/files.ts';
import fc from 'fast-check';
import { contentUuid, uuidToText } from '@sd/core/domain/ids.ts';
import { temporaryName } from '@sd/core/domain/temporary-name.ts';
import { SdError } from '@sd/core/errors.ts';
import { entryInfo } from '@sd/core/operations/vdfs/entry-info.ts';
import { listEntries } from '@sd/core/operations/vdfs/list-entries.ts';
import { pathOf } from '@sd/core/operations/vdfs/path-of.ts';
import { BrowseBench } from '@sd/core/testing/browse-fixture.ts';

let bench: BrowseBench;
beforeEach(() => void (bench = new BrowseBench()));
afterEach(() => bench.close());

const at = (path: string): string => `${bench.folder}/${path}`;
const write = (path: string, text = ''): void => writeFileSync(at(path), text);
const names = (entries: readonly { name: string }[]): string[] => entries.map(({ name }) => name);

async function fails(code: string, ask: Promise<unknown>): Promise<SdError> {
  const error = await ask.then(
    () => assert.fail('it was answered'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof SdError, String(error));
  assert.equal(error.code, code);
  assert.ok(typeof error.data['way_out'] === 'string', 'there is a way out');
  return error;
}

test('any folder is listed, with no library at all', async () => {
  mkdirSync(at('sub'));
  mkdirSync(at('.config'));
  for (const name of ['img10.jpg', 'img9.jpg', 'Ärger.txt', 'b.txt', '.hidden']) write(name, name);
  symlinkSync('img9.jpg', at('link'));
  const { folder, entries, total, source, next_cursor } = await bench.ask(
    listEntries,
    { path: bench.folder },
    { library: false },
  );
  assert.deepEqual(names(entries), [
    '.config',
    'sub',
    '.hidden',
    'Ärger.txt',
    'b.txt',
    'img9.jpg',
    'img10.jpg',
    'link',
  ]);
  assert.deepEqual([total, source, next_cursor], [8, 'disk', undefined]);
  assert.equal(folder.native_path, bench.folder);
  assert.equal(folder.type, 'folder');
  assert.deepEqual(
    entries.map(({ indexed }) => indexed),
    entries.map(() => false),
  );
  const link = entries.find(({ name }) => name === 'link');
  assert.deepEqual([link?.type, link?.kind, link?.target], ['symlink', 'link', 'img9.jpg']);
  const image = entries.find(({ name }) => name === 'img9.jpg');
  assert.deepEqual([image?.type, image?.kind, image?.extension, image?.size], ['file', 'image', 'jpg', 8]);
  assert.ok(Math.abs((image?.modified ?? 0) - Date.now()) < 60_000);
  const visible = await bench.ask(listEntries, { path: bench.folder, hidden: false });
  assert.deepEqual([names(visible.entries)[0], visible.total], ['sub', 6]);
});

test('what is not whole yet is in no listing', async () => {
  for (const name of ['whole', temporaryName('0193a5b0-0000-7000-8000-000000000001', 3)]) write(name);
  for (const sort of ['name', 'size'] as const) {
    const { entries, total } = await bench.ask(listEntries, { path: bench.folder, sort }, { library: false });
    assert.deepEqual([names(entries), total], [['whole'], 1]);
  }
});

test('every name has an address that leads back to it, whatever its bytes', async () => {
  const strange = ['a b', '100%', '#?', 'new\nline', 'back\\slash', 'é', 'e\u0301', '\ud83d\udc69', '\u202egpj.exe'];
  for (const name of strange) write(name, name);
  write('caf', 'plain');
  writeFileSync(Buffer.concat([Buffer.from(at('caf')), Buffer.from([0xe9, 0xff])]), 'bytes');
  const { entries } = await bench.ask(listEntries, { path: bench.folder });
  assert.equal(entries.length, strange.length + 2);
  for (const entry of entries) {
    assert.doesNotMatch(entry.name + entry.native_path, /[\u0000-\u001f\u202e]/);
    const info = await bench.ask(entryInfo, { path: entry.path });
    assert.deepEqual({ ...info }, entry);
  }
  assert.ok(entries.some(({ name, path }) => name === 'caf\\xe9\\xff' && path.endsWith('/caf%E9%FF')));
});

test('sockets and pipes are entries too', { skip: process.platform === 'win32' }, async () => {
  execFileSync('mkfifo', [at('pipe')]);
  const { entries } = await bench.ask(listEntries, { path: bench.folder });
  assert.deepEqual(
    entries.map(({ name, type, kind }) => [name, type, kind]),
    [['pipe', 'other', 'other']],
  );
  const devices = await bench.ask(listEntries, { path: '/dev', limit: 1000 });
  assert.equal(devices.entries.find(({ name }) => name === 'null')?.type, 'other');
});

test('an indexed folder shows what the disk has now and what the library knows of it', async () => {
  mkdirSync(at('sub'));
  for (const name of ['same.txt', 'changed.txt', 'gone.txt', 'was-file']) write(name, 'before');
  write('sub/inside', '12345');
  const location = bench.index();
  const known = await bench.ask(listEntries, { path: bench.folder });
  for (const { id, type } of known.entries)
    if (type === 'file') bench.identify(id ?? 0, new Uint8Array(32).fill(id ?? 0));

  appendFileSync(at('changed.txt'), ' and after');
  rmSync(at('gone.txt'));
  rmSync(at('was-file'));
  mkdirSync(at('was-file'));
  write('new.txt');
  const { entries, source, folder } = await bench.ask(listEntries, { path: bench.folder });
  assert.equal(source, 'both');
  assert.deepEqual(
    entries.map(({ name, indexed, size }) => [name, indexed, size]),
    [
      ['sub', true, 5],
      ['was-file', false, 0],
      ['changed.txt', true, 16],
      ['new.txt', false, 0],
      ['same.txt', true, 6],
    ],
  );
  const [sub, , changed, , same] = entries;
  assert.deepEqual(sub?.folder, { bytes: 5, files: 1, folders: 0, children: 1 });
  assert.match(sub?.uuid ?? '', /-/);
  assert.equal(changed?.content_id, undefined, 'what it was is not what it is');
  assert.match(same?.content_id ?? '', /-8/);
  assert.ok(entries.every((entry) => entry.location === location && entry.offline === undefined));
  assert.deepEqual([folder.location, folder.folder?.files], [location, 5]);

  const inside = await bench.ask(listEntries, { path: at('sub') });
  assert.deepEqual([inside.source, inside.entries[0]?.indexed], ['both', true]);
  const elsewhere = await bench.ask(listEntries, { path: '/dev' });
  assert.equal(elsewhere.source, 'disk');
});

test('a location that is away is listed from the index and never taken for empty', async () => {
  mkdirSync(at('place'));
  mkdirSync(at('place/sub'));
  for (const [name, size] of [
    ['b10', 3],
    ['b9', 7],
    ['a', 5],
  ] as const)
    write(`place/${name}`, 'x'.repeat(size));
  write('place/sub/deep', 'deep');
  bench.index(at('place'));
  renameSync(at('place'), at('moved'));
  const { entries, source, folder } = await bench.ask(listEntries, { path: at('place') });
  assert.equal(source, 'index');
  assert.equal(folder.offline, true);
  assert.deepEqual(
    entries.map(({ name, offline, indexed }) => [name, offline, indexed]),
    [
      ['sub', true, true],
      ['a', true, true],
      ['b9', true, true],
      ['b10', true, true],
    ],
  );
  const bySize = await bench.ask(listEntries, { path: at('place'), sort: 'size', order: 'desc', folders_first: false });
  assert.deepEqual(
    bySize.entries.map(({ name, size }) => [name, size]),
    [
      ['b9', 7],
      ['a', 5],
      ['sub', 4],
      ['b10', 3],
    ],
  );
  const deep = await bench.ask(entryInfo, { path: at('place/sub/deep') });
  assert.deepEqual([deep.offline, deep.size, deep.native_path], [true, 4, at('place/sub/deep')]);
  assert.deepEqual((await bench.ask(entryInfo, { id: deep.id })).path, deep.path);
  await fails('OFFLINE', bench.ask(listEntries, { path: at('place/never-was') }));
  await fails('OFFLINE', bench.ask(entryInfo, { path: at('place/never-was') }));
  renameSync(at('moved'), at('place'));
  assert.equal((await bench.ask(listEntries, { path: at('place') })).source, 'both');
});

test('a link to a folder is listed as what it leads to, and knows the index there', async () => {
  mkdirSync(at('real'));
  write('real/file');
  symlinkSync('real', at('way'));
  symlinkSync('nowhere', at('broken'));
  bench.index(at('real'));
  const { entries, source } = await bench.ask(listEntries, { path: at('way') });
  assert.deepEqual(
    entries.map(({ native_path, indexed }) => [native_path, indexed]),
    [[at('way/file'), true]],
  );
  assert.equal(source, 'both');
  assert.match(
    (await fails('NOT_FOUND', bench.ask(listEntries, { path: at('broken') }))).message,
    /symbolic link to nowhere/,
  );
  assert.equal((await bench.ask(entryInfo, { path: at('way') })).type, 'symlink');
  assert.equal((await bench.ask(entryInfo, { path: at('way/file') })).indexed, true);
});

test('what cannot be listed says why, and what to do', async () => {
  mkdirSync(at('Pictures'));
  write('file');
  const typo = await fails('NOT_FOUND', bench.ask(listEntries, { path: at('Picturse/2024/x') }));
  assert.equal(typo.data['nearest'], bench.folder);
  assert.equal(typo.data['did_you_mean'], at('Pictures/2024/x'));
  assert.equal(
    (await fails('NOT_FOUND', bench.ask(entryInfo, { path: at('Pictures/nothing-like-it') }))).data['nearest'],
    at('Pictures'),
  );
  await fails('NOT_A_FOLDER', bench.ask(listEntries, { path: at('file') }));
  await fails('NOT_A_FOLDER', bench.ask(listEntries, { path: 'content://01890a5d-ac96-874b-bcce-b302099a8057' }));
  await fails('NOT_FOUND', bench.ask(listEntries, { path: at('file/below') }));
  await fails('INVALID_INPUT', bench.ask(listEntries, { path: 'relative' }));
  await fails('NOT_FOUND', bench.ask(listEntries, { path: 'local://other/x' }));
});

test(
  'a folder that lets nobody in is an error, not an empty folder',
  { skip: process.platform === 'win32' },
  async () => {
    mkdirSync(at('locked'));
    write('locked/secret');
    mkdirSync(at('names-only'));
    write('names-only/seen', '123');
    chmodSync(bench.folder, 0o755);
    chmodSync(at('names-only'), 0o744);
    chmodSync(at('locked'), 0o700);
    await asNobody(async () => {
      const error = await fails('NOT_READABLE', bench.ask(listEntries, { path: at('locked') }));
      assert.match(String(error.data['way_out']), /permission/);
      const { entries } = await bench.ask(listEntries, { path: at('names-only') });
      assert.deepEqual(
        entries.map(({ name, type }) => [name, type]),
        [['seen', 'file']],
        'names that are listed do not disappear',
      );
      assert.match((await bench.ask(entryInfo, { path: at('locked') })).problem ?? '', /must not be read/);
    });
  },
);

/** Root may read everything; so be somebody else for a moment. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) {
    chmodSync(at('locked'), 0);
    chmodSync(at('names-only'), 0o444);
    return work().finally(() => (chmodSync(at('locked'), 0o700), chmodSync(at('names-only'), 0o700)));
  }
  process.seteuid?.(65_534);
  return work().finally(() => process.seteuid?.(0));
}

test('sorted by size, time and kind, either way round', async () => {
  const files = [
    ['b.txt', 30, 3],
    ['a.jpg', 10, 1],
    ['c.jpg', 20, 2],
    ['d.txt', 20, 2],
  ] as const;
  for (const [name, size, hour] of files) {
    write(name, 'x'.repeat(size));
    utimesSync(at(name), hour * 3600, hour * 3600);
  }
  mkdirSync(at('folder'));
  const sorted = async (
    sort: 'size' | 'modified' | 'kind' | 'name',
    order: 'asc' | 'desc',
    folders_first = true,
  ): Promise<string> =>
    names((await bench.ask(listEntries, { path: bench.folder, sort, order, folders_first })).entries).join(' ');
  assert.equal(await sorted('size', 'asc'), 'folder a.jpg c.jpg d.txt b.txt');
  assert.equal(await sorted('size', 'desc'), 'folder b.txt c.jpg d.txt a.jpg');
  assert.equal(await sorted('modified', 'desc'), 'folder b.txt c.jpg d.txt a.jpg');
  assert.equal(await sorted('modified', 'asc', false), 'a.jpg c.jpg d.txt b.txt folder');
  assert.equal(await sorted('kind', 'asc'), 'folder a.jpg c.jpg b.txt d.txt');
  assert.equal(await sorted('kind', 'desc', false), 'b.txt d.txt a.jpg c.jpg folder');
  assert.equal(await sorted('name', 'desc'), 'folder d.txt c.jpg b.txt a.jpg');
});

const someName = fc.constantFrom(...Array.from({ length: 40 }, (_, n) => `${'ab'[n % 2]}${n}`));
const change = fc.record({ name: someName, add: fc.boolean() });

test('pages hold everything that stayed exactly once, whatever comes and goes between them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(someName, { maxLength: 40 }),
      fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom('name', 'size', 'modified', 'kind' as const),
      fc.constantFrom('asc', 'desc' as const),
      fc.boolean(),
      async (initial, changes, limit, sort, order, indexed) => {
        rmSync(at('p'), { recursive: true, force: true });
        mkdirSync(at('p'));
        const put = (name: string): void => {
          write(`p/${name}`, 'x'.repeat(Number(name.slice(1)) % 5));
          utimesSync(at(`p/${name}`), 1000 + (Number(name.slice(1)) % 3), 1000 + (Number(name.slice(1)) % 3));
        };
        initial.forEach(put);
        if (indexed) bench.db.exec('DELETE FROM locations');
        if (indexed) bench.index(at('p'));
        const stayed = new Set(initial);
        const seen: string[] = [];
        let cursor: string | undefined;
        for (let page = 0; ; page++) {
          const answer = await bench.ask(listEntries, {
            path: at('p'),
            sort,
            order,
            limit,
            ...(cursor ? { cursor } : {}),
          });
          seen.push(...names(answer.entries));
          cursor = answer.next_cursor;
          if (cursor === undefined) break;
          for (const { name, add } of changes[page] ?? []) {
            stayed.delete(name);
            if (add) put(name);
            else rmSync(at(`p/${name}`), { force: true });
          }
        }
        assert.equal(new Set(seen).size, seen.length, 'nothing twice');
        assert.deepEqual(seen.filter((name) => stayed.has(name)).toSorted(), [...stayed].toSorted(), 'nothing missed');
      },
    ),
    { numRuns: 60 },
  );
});

test('a big folder pages from memory and still sees what comes and goes', async () => {
  const count = 2_500;
  for (let n = 0; n < count; n++) write(`f${n}`);
  bench.index();
  let listed = 0;
  bench.files = {
    ...nodeFiles,
    listFolder: (...given) => {
      listed++;
      nodeFiles.listFolder(...given);
    },
  };
  const long = new Date(Date.now() - 3_600_000);
  utimesSync(bench.folder, long, long);
  const page = (cursor?: string) =>
    bench.ask(listEntries, { path: bench.folder, limit: 1000, ...(cursor ? { cursor } : {}) });
  const first = await page();
  assert.deepEqual(
    [first.total, first.entries[0]?.name, first.entries.at(-1)?.name, first.entries[7]?.indexed],
    [count, 'f0', 'f999', true],
  );
  const second = await page(first.next_cursor);
  assert.equal(listed, 1, 'the second page needs no listing');
  rmSync(at('f2001'));
  write('f2000a');
  const third = await page(second.next_cursor);
  assert.equal(listed, 2);
  assert.deepEqual(names(third.entries).slice(0, 3), ['f2000', 'f2000a', 'f2002']);
  assert.deepEqual([third.total, third.next_cursor, third.entries.length], [count, undefined, 500]);
});

test('a listing that nobody waits for any more ends', async () => {
  for (let n = 0; n < 600; n++) write(`f${n}`);
  bench.cancelled = true;
  await assert.rejects(bench.ask(listEntries, { path: bench.folder }), { code: 'CANCELLED' });
});

test('a cursor of another listing is refused', async () => {
  for (const name of ['a', 'b', 'c']) write(name);
  const { next_cursor = '' } = await bench.ask(listEntries, { path: bench.folder, limit: 1 });
  assert.deepEqual(names((await bench.ask(listEntries, { path: bench.folder, cursor: next_cursor })).entries), [
    'b',
    'c',
  ]);
  await fails('CURSOR_STALE', bench.ask(listEntries, { path: bench.folder, sort: 'size', cursor: next_cursor }));
  await fails('CURSOR_STALE', bench.ask(listEntries, { path: '/dev', cursor: next_cursor }));
  await fails('CURSOR_STALE', bench.ask(listEntries, { path: bench.folder, cursor: 'made-up' }));
});

test('ids, uuids and contents lead to the same entry as its path', async () => {
  mkdirSync(at('sub'));
  write('sub/one', 'same');
  write('two', 'same');
  bench.index();
  const one = await bench.ask(entryInfo, { path: at('sub/one') });
  const two = await bench.ask(entryInfo, { path: at('two') });
  const hash = new Uint8Array(32).fill(9);
  for (const { id } of [one, two]) bench.identify(id ?? 0, hash);
  const content = uuidToText(contentUuid(hash));
  const info = await bench.ask(entryInfo, { id: one.id });
  assert.deepEqual([info.path, info.content_id, info.instances], [one.path, content, 2]);
  assert.equal(info.full_hash, '09'.repeat(32), 'the content hash of a small file is its full hash');
  assert.equal((await bench.ask(entryInfo, { path: `content://${content}` })).path, one.path);
  const sub = await bench.ask(entryInfo, { path: at('sub') });
  assert.equal((await bench.ask(entryInfo, { uuid: sub.uuid })).path, sub.path);
  assert.deepEqual(await bench.ask(pathOf, { uuid: sub.uuid }), { path: sub.path, native_path: at('sub') });
  assert.deepEqual(await bench.ask(pathOf, { id: one.id }), { path: one.path, native_path: at('sub/one') });
  rmSync(at('sub/one'));
  assert.deepEqual(await bench.ask(pathOf, { content_id: content }), {
    path: two.path,
    native_path: at('two'),
    paths: [one.path, two.path],
  });
  assert.equal((await bench.ask(entryInfo, { path: `content://${content}` })).path, two.path);
  await fails('NOT_FOUND', bench.ask(entryInfo, { id: one.id }));
  await assert.rejects(bench.ask(pathOf, { id: 4711 }), { code: 'NOT_FOUND' });
  await assert.rejects(bench.ask(pathOf, { content_id: uuidToText(contentUuid(new Uint8Array(32))) }), {
    code: 'NOT_FOUND',
  });
  bench.db.exec('DELETE FROM locations');
  await assert.rejects(
    bench.ask(pathOf, { id: two.id }),
    { code: 'NOT_FOUND' },
    'a location that was removed shows nowhere',
  );
});
