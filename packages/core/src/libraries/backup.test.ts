import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { addEntries, allFiles, dataFolder, entryNames, openLibraries } from '../testing/library-fixture.ts';
import { ownTrash } from '../testing/own-trash.ts';

test('a backup is made while the library is written to, and brings back what was there', async (context) => {
  const folder = dataFolder(context);
  const { libraries } = await openLibraries(folder);
  const made = await libraries.create({ name: 'Photos' });
  await addEntries(libraries, 'Photos', ['before.jpg']);
  const [backup] = await Promise.all([libraries.backup('Photos'), addEntries(libraries, 'Photos', ['meanwhile.jpg'])]);
  await addEntries(libraries, 'Photos', ['after.jpg']);
  assert.match(backup.path, /Photos\.sdlibrary\/backups\/\d{8}T\d{6}Z-manual\.sdbackup$/);
  assert.equal((await libraries.info('Photos')).last_backup?.path, backup.path);
  assert.deepEqual(readdirSync(backup.path).sort(), ['library.db', 'library.json']);

  await assert.rejects(libraries.restore(backup.path, {}), { code: 'CONFLICT' });
  const { revision } = await libraries.info('Photos');
  const restored = await libraries.restore(backup.path, { replace: 'Photos' });
  assert.equal(restored.state, 'open');
  assert.ok(!entryNames(libraries, 'Photos').includes('after.jpg'));
  assert.ok(entryNames(libraries, 'Photos').includes('before.jpg'));
  assert.deepEqual((await libraries.check('Photos')).problems, []);
  assert.ok(
    ((await libraries.info('Photos')).revision ?? 0) >= (revision ?? 0),
    'a revision that was given is not given again',
  );

  const replaced = readdirSync(`${made.folder}/backups`).find((name) => name.endsWith('-replaced.sdbackup'));
  await libraries.restore(`${made.folder}/backups/${replaced}`, { replace: 'Photos' });
  assert.deepEqual(
    entryNames(libraries, 'Photos').sort(),
    ['after.jpg', 'before.jpg', 'meanwhile.jpg'],
    'what was replaced is itself a backup',
  );
  await libraries.stop();
});

test('a backup elsewhere brings back a library that is gone', async (context) => {
  const folder = dataFolder(context);
  ownTrash(context);
  const first = await openLibraries(folder);
  await first.libraries.create({ name: 'Photos' });
  await addEntries(first.libraries, 'Photos', ['kept.jpg']);
  await assert.rejects(first.libraries.backup('Photos', `${folder}/nowhere`), { code: 'NOT_FOUND' });
  first.platform.files.makeFolder(`${folder}/usb`);
  const backup = await first.libraries.backup('Photos', `${folder}/usb`);
  assert.match(backup.path, /usb\/Photos \d{8}T\d{6}Z\.sdbackup$/);
  const old = first.libraries.find('Photos');
  await first.libraries.remove('Photos');

  const back = await first.libraries.restore(backup.path, {});
  assert.equal(back.id, old.id);
  assert.deepEqual(entryNames(first.libraries, 'Photos'), ['kept.jpg']);
  await first.libraries.stop();

  const elsewhere = await openLibraries(dataFolder(context));
  await assert.rejects(
    elsewhere.libraries.restore(backup.path, {}),
    { code: 'LIBRARY_LOCKED' },
    'the key stays on its device',
  );
});

test('a backup of a library with a passphrase opens on any device', async (context) => {
  const first = await openLibraries(dataFolder(context));
  await first.libraries.create({ name: 'Diary', passphrase: 'correct horse' });
  await addEntries(first.libraries, 'Diary', ['monday.txt']);
  const usb = dataFolder(context);
  const backup = await first.libraries.backup('Diary', usb);
  await first.libraries.stop();

  const other = await openLibraries(dataFolder(context));
  assert.equal((await other.libraries.inspectBackup(backup.path)).needs_passphrase, true);
  await assert.rejects(other.libraries.restore(backup.path, {}), { code: 'LIBRARY_LOCKED' });
  await assert.rejects(other.libraries.restore(backup.path, { passphrase: 'wrong' }), { code: 'WRONG_KEY' });
  const back = await other.libraries.restore(backup.path, { passphrase: 'correct horse' });
  assert.deepEqual({ state: back.state, protection: back.protection }, { state: 'open', protection: 'passphrase' });
  assert.deepEqual(entryNames(other.libraries, 'Diary'), ['monday.txt']);
  await other.libraries.closeLibrary('Diary', { forgetKey: true });
  assert.equal((await other.libraries.openLibrary('Diary', 'correct horse')).state, 'open');
  await other.libraries.stop();
});

test('a damaged backup is refused before anything is touched', async (context) => {
  const folder = dataFolder(context);
  const { libraries } = await openLibraries(folder);
  const made = await libraries.create({ name: 'Photos' });
  await addEntries(
    libraries,
    'Photos',
    Array.from({ length: 2000 }, (_, at) => `name ${at}`),
  );
  const backup = await libraries.backup('Photos');
  const bytes = readFileSync(`${backup.path}/library.db`);
  bytes[bytes.length - 5000]! ^= 1;
  writeFileSync(`${backup.path}/library.db`, bytes);

  await assert.rejects(libraries.restore(backup.path, { replace: 'Photos' }), { code: 'CORRUPT' });
  assert.equal(libraries.find('Photos').state, 'open');
  assert.equal(entryNames(libraries, 'Photos').length, 2000);
  assert.ok(!existsSync(`${made.folder}/library.db.next`));
  await libraries.stop();
});

test('a damaged library is restored, and the damaged file is kept', async (context) => {
  const folder = dataFolder(context);
  const first = await openLibraries(folder);
  const made = await first.libraries.create({ name: 'Photos' });
  await addEntries(first.libraries, 'Photos', ['kept.jpg']);
  const backup = await first.libraries.backup('Photos', folder);
  await first.libraries.stop();
  writeFileSync(`${made.folder}/library.db`, Buffer.alloc(40_000, 'damage'));
  writeFileSync(`${made.folder}/library.json`, '{ "id": ');

  const second = await openLibraries(folder);
  assert.equal(second.libraries.find('Photos').state, 'damaged');
  await second.libraries.restore(backup.path, { replace: 'Photos' });
  assert.deepEqual(entryNames(second.libraries, 'Photos'), ['kept.jpg']);
  const kept = [...allFiles(`${made.folder}/backups`)].find(([name]) => name.endsWith('library.db'));
  assert.ok(kept?.[1].includes('damage'));
  await second.libraries.stop();
});

test('a backup of another library does not replace this one', async (context) => {
  const { libraries } = await openLibraries(dataFolder(context));
  await libraries.create({ name: 'A' });
  await libraries.create({ name: 'B' });
  const backup = await libraries.backup('A');
  await assert.rejects(libraries.restore(backup.path, { replace: 'B' }), { code: 'CONFLICT' });
  assert.deepEqual(
    libraries.list().map(({ state }) => state),
    ['open', 'open'],
  );
  await libraries.stop();
});
