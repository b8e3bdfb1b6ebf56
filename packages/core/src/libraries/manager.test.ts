import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { addEntries, allFiles, dataFolder, entryNames, openLibraries } from '../testing/library-fixture.ts';
import { ownTrash } from '../testing/own-trash.ts';

test('a library is made, written to, closed, and is there after a restart', async (context) => {
  const folder = dataFolder(context);
  const first = await openLibraries(folder);
  const made = await first.libraries.create({ name: 'Photos' });
  assert.deepEqual(
    { ...made, id: '', folder: '' },
    { id: '', name: 'Photos', folder: '', state: 'open', protection: 'key_file' },
  );
  assert.equal(made.folder, `${folder}/libraries/Photos.sdlibrary`);
  await addEntries(first.libraries, 'Photos', ['holiday.jpg']);
  await first.libraries.stop();

  const second = await openLibraries(folder);
  assert.deepEqual(second.libraries.list(), [made]);
  assert.deepEqual(entryNames(second.libraries, made.id), ['holiday.jpg']);
  assert.deepEqual(await second.libraries.check('photos'), {
    checked: [
      'pages',
      'identity',
      'revisions',
      'clock',
      'entry ids',
      'parents',
      'names',
      'locations',
      'folders',
      'contents',
      'tags',
    ],
    problems: [],
  });
  const info = await second.libraries.info('Photos');
  assert.equal(info.entries, 1);
  assert.equal(info.locations, 0);
  await second.libraries.stop();
});

test('a closed library tells no name, also not from its log or its backups', async (context) => {
  const folder = dataFolder(context);
  const { libraries } = await openLibraries(folder);
  const made = await libraries.create({ name: 'Secret' });
  const names = Array.from({ length: 500 }, (_, at) => `indexed-name-${at}.txt`);
  await addEntries(libraries, 'Secret', names);
  const holds = (): string[] =>
    [...allFiles(made.folder)].filter(([, bytes]) => bytes.includes('indexed-name')).map(([file]) => file);
  assert.deepEqual(holds(), [], 'while it is open');
  await libraries.backup('Secret');
  await libraries.stop();
  assert.deepEqual(holds(), [], 'once it is closed');
  assert.ok(!readdirSync(made.folder).some((name) => name.endsWith('-wal')), 'a closed library has no log left');
});

test('the wrong key is a clear error, and the library is left alone', async (context) => {
  const folder = dataFolder(context);
  const first = await openLibraries(folder);
  const made = await first.libraries.create({ name: 'Photos' });
  const key = JSON.parse(allFiles(made.folder).get('library.json')?.toString() ?? '').key;
  await first.libraries.stop();
  const before = allFiles(made.folder);

  await first.platform.secrets.set(`library-${key}`, Buffer.from(JSON.stringify({ version: 1, key: '00'.repeat(32) })));
  const second = await openLibraries(folder);
  const [listed] = second.libraries.list();
  assert.equal(listed?.state, 'damaged');
  assert.match(listed?.reason ?? '', /key does not fit/);
  await assert.rejects(second.libraries.openLibrary('Photos'), { code: 'WRONG_KEY' });
  assert.deepEqual(allFiles(made.folder), before);
});

test('a library of a newer format is refused and left byte for byte as it was', async (context) => {
  const folder = dataFolder(context);
  const first = await openLibraries(folder);
  const made = await first.libraries.create({ name: 'Photos' });
  await first.libraries.stop();
  const description = JSON.parse(allFiles(made.folder).get('library.json')?.toString() ?? '');
  first.platform.files.replaceFile(
    `${made.folder}/library.json`,
    Buffer.from(JSON.stringify({ ...description, format: description.format + 1, news: 'from the future' })),
  );
  const before = allFiles(made.folder);

  const second = await openLibraries(folder);
  assert.equal(second.libraries.list()[0]?.state, 'newer_format');
  await assert.rejects(second.libraries.openLibrary('Photos'), { code: 'NEWER_FORMAT' });
  assert.throws(() => second.libraries.open('Photos'), { code: 'LIBRARY_CLOSED' });
  await second.libraries.stop();
  assert.deepEqual(allFiles(made.folder), before);
});

test('a passphrase locks and unlocks', async (context) => {
  const folder = dataFolder(context);
  const first = await openLibraries(folder);
  const made = await first.libraries.create({ name: 'Diary', passphrase: 'correct horse' });
  assert.equal(made.protection, 'passphrase');
  await addEntries(first.libraries, 'Diary', ['monday.txt']);
  const locked = await first.libraries.closeLibrary('Diary', { forgetKey: true });
  assert.equal(locked.state, 'locked');
  assert.throws(() => first.libraries.open('Diary'), { code: 'LIBRARY_LOCKED' });
  await assert.rejects(first.libraries.openLibrary('Diary'), { code: 'LIBRARY_LOCKED' });
  await assert.rejects(first.libraries.openLibrary('Diary', 'battery staple'), { code: 'WRONG_KEY' });
  assert.equal(first.libraries.find('Diary').state, 'locked');
  await assert.rejects(first.libraries.check('Diary'), { code: 'LIBRARY_LOCKED' });
  await first.libraries.stop();

  const second = await openLibraries(folder);
  assert.equal(second.libraries.find('Diary').state, 'locked');
  assert.equal((await second.libraries.openLibrary('Diary', 'correct horse')).state, 'open');
  assert.deepEqual(entryNames(second.libraries, 'Diary'), ['monday.txt']);
  await second.libraries.closeLibrary('Diary');
  assert.equal(
    (await second.libraries.openLibrary('Diary')).state,
    'open',
    'closed, not locked: the key is still at hand',
  );
  await second.libraries.stop();
});

test('a library without a passphrase cannot be locked', async (context) => {
  const { libraries } = await openLibraries(dataFolder(context));
  await libraries.create({ name: 'Photos' });
  await assert.rejects(libraries.closeLibrary('Photos', { forgetKey: true }), { code: 'CONFLICT' });
  assert.equal(libraries.find('Photos').state, 'open');
  await libraries.stop();
});

test('two processes on one library: the second is told', async (context) => {
  const folder = dataFolder(context);
  const [first, second] = [await openLibraries(folder), dataFolder(context)];
  const made = await first.libraries.create({ name: 'Shared' });
  const other = await openLibraries(second);
  await assert.rejects(other.libraries.openLibrary(made.folder), { code: 'LIBRARY_IN_USE' });
  assert.deepEqual(other.libraries.list(), []);
  await first.libraries.stop();
  await assert.rejects(
    other.libraries.openLibrary(made.folder),
    { code: 'LIBRARY_LOCKED' },
    'its key is on the other device',
  );
});

test('a closed library stays closed over a restart, an open one comes back', async (context) => {
  const folder = dataFolder(context);
  const first = await openLibraries(folder);
  await first.libraries.create({ name: 'A' });
  await first.libraries.create({ name: 'B' });
  assert.throws(() => first.libraries.open(), { code: 'INVALID_INPUT' }, 'two are open: which one?');
  await first.libraries.closeLibrary('A');
  assert.equal(first.libraries.open().name, 'B');
  await first.libraries.stop();
  const second = await openLibraries(folder);
  assert.deepEqual(
    second.libraries.list().map(({ name, state }) => [name, state]),
    [
      ['A', 'closed'],
      ['B', 'open'],
    ],
  );
  await second.libraries.openLibrary('A');
  await second.libraries.stop();
});

test('names: taken, renamed, mistyped, unusable', async (context) => {
  const { libraries } = await openLibraries(dataFolder(context));
  const made = await libraries.create({ name: ' Photos ' });
  assert.equal(made.name, 'Photos');
  await assert.rejects(libraries.create({ name: 'photos' }), { code: 'ALREADY_EXISTS' });
  await assert.rejects(libraries.create({ name: 'a\u0000b' }), { code: 'INVALID_INPUT' });
  await assert.rejects(libraries.create({ name: '   ' }), { code: 'INVALID_INPUT' });
  await libraries.rename('Photos', 'Fotos & mehr/weniger: "2026"');
  assert.equal(libraries.find(made.id).name, 'Fotos & mehr/weniger: "2026"');
  assert.throws(
    () => libraries.find('Fotos & mher/weniger: "2026"'),
    (error: { code: string; data: Record<string, unknown> }) =>
      error.code === 'NOT_FOUND' && error.data['did_you_mean'] === 'Fotos & mehr/weniger: "2026"',
  );
  const second = await libraries.create({ name: 'Photos' });
  assert.ok(second.folder.endsWith('/Photos 2.sdlibrary'), 'the folder of the first keeps its name');
  const third = await libraries.create({ name: '../.. / etc' });
  assert.ok(
    third.folder.endsWith('libraries/- .. - etc.sdlibrary') || !third.folder.includes('..') || existsSync(third.folder),
  );
  assert.deepEqual(readdirSync(`${third.folder}/..`).length, 3);
  await libraries.stop();
});

test('deleting moves to the trash; from there it can be opened again', async (context) => {
  const folder = dataFolder(context);
  ownTrash(context);
  const { libraries, events } = await openLibraries(folder);
  const made = await libraries.create({ name: 'Old' });
  await addEntries(libraries, 'Old', ['kept.txt']);
  const { trashed } = await libraries.remove('Old');
  assert.ok(!existsSync(made.folder));
  assert.deepEqual(libraries.list(), []);
  assert.equal(events.at(-1)?.change, 'deleted');
  await libraries.openLibrary(trashed);
  assert.deepEqual(entryNames(libraries, 'Old'), ['kept.txt']);
  await libraries.stop();
});

test('a library whose folder is gone is missing, not forgotten', async (context) => {
  const folder = dataFolder(context);
  const first = await openLibraries(folder);
  const made = await first.libraries.create({ name: 'Disk' });
  await first.libraries.stop();
  first.platform.files.rename(made.folder, `${made.folder}.away`);
  const second = await openLibraries(folder);
  assert.equal(second.libraries.find('Disk').state, 'missing');
  first.platform.files.rename(`${made.folder}.away`, made.folder);
  assert.equal(second.libraries.find('Disk').state, 'closed');
  assert.equal((await second.libraries.openLibrary('Disk')).state, 'open');
  await second.libraries.stop();
});
