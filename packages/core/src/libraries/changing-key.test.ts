import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { addEntries, dataFolder, entryNames, openLibraries } from '../testing/library-fixture.ts';

test('a new key opens the library, the old one does not any more', async (context) => {
  const folder = dataFolder(context);
  const { libraries, platform } = await openLibraries(folder);
  const made = await libraries.create({ name: 'Photos' });
  await addEntries(libraries, 'Photos', ['kept.jpg']);
  const old = { ...libraries.open('Photos').access, key: libraries.open('Photos').access.key.slice() };
  const changed = await libraries.changeKey('Photos', {});
  assert.equal(changed.state, 'open');
  assert.deepEqual(entryNames(libraries, 'Photos'), ['kept.jpg']);
  assert.notDeepEqual(libraries.open('Photos').access.key, old.key);
  assert.throws(() => platform.sqlite.open({ path: old.databasePath, key: old.key, mode: 'read' }), {
    code: 'WRONG_KEY',
  });
  assert.deepEqual(
    readdirSync(made.folder).filter((name) => name.includes('.next')),
    [],
  );
  await libraries.stop();
  const again = await openLibraries(folder);
  assert.deepEqual(entryNames(again.libraries, 'Photos'), ['kept.jpg']);
  await again.libraries.stop();
});

test('jobs.db and actions.db are encrypted anew with the rest; the text index is made anew', async (context) => {
  const { libraries, platform } = await openLibraries(dataFolder(context));
  const made = await libraries.create({ name: 'Photos' });
  const { key } = libraries.open('Photos').access;
  for (const name of ['jobs.db', 'actions.db', 'names.db']) {
    const database = platform.sqlite.open({ path: `${made.folder}/${name}`, key, mode: 'create' });
    database.exec("CREATE TABLE t (a); INSERT INTO t VALUES ('x')");
    database.close();
  }
  await libraries.changeKey('Photos', {});
  for (const name of ['jobs.db', 'actions.db']) {
    const database = platform.sqlite.open({
      path: `${made.folder}/${name}`,
      key: libraries.open('Photos').access.key,
      mode: 'read',
    });
    assert.deepEqual(database.prepare('SELECT a FROM t').all(), [{ a: 'x' }]);
    database.close();
  }
  assert.ok(!readdirSync(made.folder).includes('names.db'), 'the old index would be readable with the old key');
  await libraries.stop();
});

test('a passphrase is set, changed and removed; the one of now is asked for', async (context) => {
  const folder = dataFolder(context);
  const { libraries } = await openLibraries(folder);
  await libraries.create({ name: 'Diary' });
  await addEntries(libraries, 'Diary', ['monday.txt']);
  assert.equal((await libraries.changeKey('Diary', { passphrase: 'one' })).protection, 'passphrase');

  await assert.rejects(libraries.changeKey('Diary', { passphrase: 'two' }), { code: 'LIBRARY_LOCKED' });
  await assert.rejects(libraries.changeKey('Diary', { passphrase: 'two', current: 'wrong' }), { code: 'WRONG_KEY' });
  await assert.rejects(libraries.changeKey('Diary', { current: 'one' }), { code: 'INVALID_INPUT' });
  assert.equal(libraries.find('Diary').state, 'open', 'what was refused has not closed it');
  await libraries.changeKey('Diary', { passphrase: 'two', current: 'one' });

  await libraries.closeLibrary('Diary', { forgetKey: true });
  await assert.rejects(libraries.openLibrary('Diary', 'one'), { code: 'WRONG_KEY' });
  await libraries.changeKey('Diary', { passphrase: 'three', current: 'two' });
  assert.equal(libraries.find('Diary').state, 'locked', 'what was locked stays locked');
  await libraries.openLibrary('Diary', 'three');
  assert.equal(
    (await libraries.changeKey('Diary', { removePassphrase: true, current: 'three' })).protection,
    'key_file',
  );
  await libraries.stop();

  const again = await openLibraries(folder);
  assert.deepEqual(entryNames(again.libraries, 'Diary'), ['monday.txt']);
  await again.libraries.stop();
});

test('a backup from before a change of key restores under the key of now', async (context) => {
  const { libraries, platform } = await openLibraries(dataFolder(context));
  const made = await libraries.create({ name: 'Photos' });
  await addEntries(libraries, 'Photos', ['old.jpg']);
  const backup = await libraries.backup('Photos');
  await libraries.changeKey('Photos', {});
  const { key } = libraries.open('Photos').access;
  await libraries.restore(backup.path, { replace: 'Photos' });
  assert.deepEqual(entryNames(libraries, 'Photos'), ['old.jpg']);
  platform.sqlite.open({ path: `${made.folder}/library.db`, key, mode: 'read' }).close();
  await libraries.stop();
});
