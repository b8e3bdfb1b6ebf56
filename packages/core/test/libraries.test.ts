import assert from 'node:assert/strict';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { test } from 'node:test';
import { allFiles } from '../src/testing/library-fixture.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

const ways = (error: unknown): unknown => (error as { data?: { way_out?: string } }).data?.way_out;

test('a library is planned, made, verified, renamed, closed, opened, and thrown away by its name', async (context) => {
  const { client } = await openTestCore(context, { library: false });
  const trash = ownTrash(context);
  const plan = await client.call('preview:libraries.create', { name: 'Photos' });
  assert.match(plan.steps[0]?.target ?? '', /libraries\/Photos\.sdlibrary$/);
  assert.deepEqual((await client.call('query:libraries.list', {})).libraries, [], 'a preview changes nothing');
  const made = await client.call('action:libraries.create', { plan_id: plan.plan_id });
  assert.equal(made.result.state, 'open');
  assert.equal((await client.call('verify:libraries.create', { receipt: made.receipt })).ok, true);
  await assert.rejects(client.call('preview:libraries.create', { name: 'photos' }), { code: 'ALREADY_EXISTS' });

  const renamed = await client.call('action:libraries.rename', { which: 'Photos', name: 'Pictures' });
  assert.equal((await client.call('verify:libraries.rename', { receipt: renamed.receipt })).ok, true);
  const closed = await client.call('action:libraries.close', { which: 'Pictures' });
  assert.equal((await client.call('verify:libraries.close', { receipt: closed.receipt })).ok, true);
  await assert.rejects(client.call('query:locations.list', {}), { code: 'LIBRARY_CLOSED' });
  const opened = await client.call('action:libraries.open', { which: 'Pictures' });
  assert.equal((await client.call('verify:libraries.open', { receipt: opened.receipt })).ok, true);
  assert.deepEqual((await client.call('query:locations.list', {})).locations, []);

  await assert.rejects(client.call('action:libraries.delete', { which: 'Pictures' }), { code: 'CONFIRMATION_NEEDED' });
  await assert.rejects(client.call('action:libraries.delete', { which: 'Pictures', confirm_name: 'pictures' }), {
    code: 'CONFIRMATION_NEEDED',
  });
  const deletion = await client.call('preview:libraries.delete', { which: 'Pictures' });
  assert.deepEqual(deletion.conflicts[0]?.choices, ['Pictures', '']);
  const deleted = await client.call('action:libraries.delete', {
    plan_id: deletion.plan_id,
    decisions: { confirm_name: 'Pictures' },
  });
  assert.equal((await client.call('verify:libraries.delete', { receipt: deleted.receipt })).ok, true);
  assert.ok(deleted.result.trashed.startsWith(trash) && existsSync(deleted.result.trashed));
  assert.deepEqual((await client.call('query:libraries.list', {})).libraries, []);
});

test('grep finds no indexed name in the folder of a library: not while it is open, not once it is closed', async (context) => {
  const { client, core, index, close } = await openTestCore(context);
  const files = temporaryFolder(context);
  mkdirSync(`${files}/secretfolder`);
  for (let at = 0; at < 200; at++) writeFileSync(`${files}/secretfolder/secretname-${at}.txt`, `text ${at}`);
  const ready = new Promise<void>((resolve) => {
    core.events.subscribe(({ resource, change, data }) => {
      if (resource === 'service' && change === 'updated' && data?.['service'] === 'text_index') resolve();
    });
  });
  await index(files, { mode: 'content' });
  await ready;
  assert.equal((await client.call('query:search.files', { text: 'secretname-17' })).entries.length > 0, true);
  await client.call('action:libraries.backup', {});
  const { folder } = await client.call('query:libraries.info', {});
  const told = (): string[] =>
    [...allFiles(folder)]
      .filter(([, bytes]) => /secretname|secretfolder/i.test(bytes.toString('latin1')))
      .map(([file]) => file);
  assert.deepEqual(told(), []);
  await close();
  const kept = [...allFiles(folder).keys()];
  assert.ok(kept.includes('library.db') && kept.includes('names.db') && kept.includes('jobs.db'), kept.join(' '));
  assert.deepEqual(told(), []);
});

test('a plan whose world has changed is refused', async (context) => {
  const { client } = await openTestCore(context);
  const plan = await client.call('preview:libraries.rename', { which: 'Test', name: 'Other' });
  await client.call('action:libraries.rename', { which: 'Test', name: 'Between' });
  await assert.rejects(
    client.call('action:libraries.rename', { plan_id: plan.plan_id }),
    (error: { code: string }) => error.code === 'PLAN_STALE' || error.code === 'NOT_FOUND',
  );
  assert.equal((await client.call('query:libraries.list', {})).libraries[0]?.name, 'Between');
});

test('backup, restore and change of key, each with its plan and its verification', async (context) => {
  const { client } = await openTestCore(context);
  const usb = temporaryFolder(context);
  const plan = await client.call('preview:libraries.backup', { to: usb });
  assert.ok((plan.bytes ?? 0) > 0);
  assert.ok(plan.warnings.some((warning) => warning.includes('only this device')));
  const backup = await client.call('action:libraries.backup', { plan_id: plan.plan_id });
  assert.equal((await client.call('verify:libraries.backup', { receipt: backup.receipt })).ok, true);
  assert.equal((await client.call('query:libraries.info', { which: 'Test' })).last_backup?.path, backup.result.path);

  const changed = await client.call('action:libraries.change_key', { which: 'Test', passphrase: 'correct horse' });
  assert.equal(changed.result.protection, 'passphrase');
  assert.equal((await client.call('verify:libraries.change_key', { receipt: changed.receipt })).ok, true);

  await assert.rejects(client.call('action:libraries.restore', { from: backup.result.path }), { code: 'CONFLICT' });
  const restored = await client.call('action:libraries.restore', { from: backup.result.path, replace: 'Test' });
  assert.equal(restored.result.protection, 'passphrase', 'a restore does not undo a change of key');
  assert.equal((await client.call('verify:libraries.restore', { receipt: restored.receipt })).ok, true);
  assert.deepEqual(await client.call('query:libraries.verify', {}).then(({ ok, problems }) => ({ ok, problems })), {
    ok: true,
    problems: [],
  });
});

test('lock and unlock; what needs the passphrase says so', async (context) => {
  const { client, dataFolder, close } = await openTestCore(context, { library: false });
  await client.call('action:libraries.create', { name: 'Diary', passphrase: 'correct horse' });
  const locked = await client.call('action:libraries.lock', { which: 'Diary' });
  assert.equal((await client.call('verify:libraries.lock', { receipt: locked.receipt })).ok, true);
  await assert.rejects(
    client.call('query:locations.list', {}),
    (error: { code: string }) => error.code === 'LIBRARY_LOCKED' && String(ways(error)).includes('unlock'),
  );
  await assert.rejects(client.call('action:libraries.unlock', { which: 'Diary', passphrase: 'wrong' }), {
    code: 'WRONG_KEY',
  });
  const unlocked = await client.call('action:libraries.unlock', { which: 'Diary', passphrase: 'correct horse' });
  assert.equal((await client.call('verify:libraries.unlock', { receipt: unlocked.receipt })).ok, true);
  await close();

  const again = await openTestCore(context, { dataFolder, library: false });
  assert.equal((await again.client.call('query:libraries.list', {})).libraries[0]?.state, 'locked');
  await assert.rejects(again.client.call('action:libraries.lock', { which: 'nobody' }), { code: 'NOT_FOUND' });
});

test('a mistyped name is answered with the one that was meant', async (context) => {
  const { client } = await openTestCore(context);
  await assert.rejects(
    client.call('query:libraries.info', { which: 'Tset' }),
    (error) => ways(error) === 'did you mean "Test"?',
  );
});

test('a check names the database that is damaged, also one beside the library', async (context) => {
  const { client, dataFolder } = await openTestCore(context);
  const names = `${dataFolder}/libraries/Test.sdlibrary/names.db`;
  // Made beside the main thread, soon after the library is.
  while (!(await client.call('query:libraries.verify', {})).checked.includes('pages of names'))
    await new Promise((resolve) => setImmediate(resolve));
  await client.call('action:libraries.close', { which: 'Test' });
  const clean = await client.call('query:libraries.verify', { which: 'Test' });
  assert.deepEqual([clean.ok, clean.checked.includes('pages of names')], [true, true]);
  const file = openSync(names, 'r+');
  writeSync(file, Buffer.alloc(64, 0xa5), 0, 64, 5_000);
  closeSync(file);
  const damaged = await client.call('query:libraries.verify', { which: 'Test' });
  assert.equal(damaged.ok, false);
  assert.ok(
    damaged.problems.length > 0 && damaged.problems.every((problem) => problem.startsWith('names: ')),
    damaged.problems.join(),
  );
});
