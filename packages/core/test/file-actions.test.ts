import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { openTestCore, temporaryFolder } from '@sd/core/testing/open-test-core.ts';
import { writeTree } from '@sd/core/testing/file-world.ts';

test('a copy is previewed, committed and there', async (context) => {
  const { client, completed } = await openTestCore(context);
  const folder = temporaryFolder(context);
  mkdirSync(`${folder}/to`);
  writeFileSync(`${folder}/letter.txt`, 'Dear you');
  const plan = await client.call('preview:entries.copy', { sources: [`${folder}/letter.txt`], to: `${folder}/to` });
  assert.deepEqual(
    plan.steps.map(({ what, source, target, bytes }) => ({ what, source, target, bytes })),
    [{ what: 'copy', source: `${folder}/letter.txt`, target: `${folder}/to/letter.txt`, bytes: 8 }],
  );
  assert.deepEqual(readdirSync(`${folder}/to`), []);
  const { result } = await client.call('action:entries.copy', { plan_id: plan.plan_id });
  await completed(result.job);
  assert.equal(readFileSync(`${folder}/to/letter.txt`, 'utf8'), 'Dear you');
  const { steps, state } = await client.call('query:plans.steps', { plan_id: plan.plan_id });
  assert.equal(steps[0]?.state, 'done');
  assert.equal(state, 'ended');
});

test('without a plan an action makes its own; deleting does not', async (context) => {
  const { client, completed } = await openTestCore(context);
  const folder = temporaryFolder(context);
  const { result } = await client.call('action:entries.create_folder', { path: `${folder}/a/b`, parents: true });
  await completed(result.job);
  assert.deepEqual(readdirSync(folder), ['a']);
  const sources = [`${folder}/a`];
  await assert.rejects(client.call('action:entries.delete', { sources }), { code: 'CONFIRMATION_NEEDED' });
  assert.deepEqual(readdirSync(folder), ['a']);
  const { plan_id } = await client.call('preview:entries.delete', { sources });
  await completed((await client.call('action:entries.delete', { plan_id })).result.job);
  assert.deepEqual(readdirSync(folder), []);
});

test('a plan whose world has changed is refused with what changed, and one plan is good for one commit', async (context) => {
  const { client, completed } = await openTestCore(context);
  const folder = temporaryFolder(context);
  writeTree(folder, { x: '1', 'to/': '' });
  const input = { sources: [`${folder}/x`], to: `${folder}/to` };
  const stale = await client.call('preview:entries.move', input);
  writeFileSync(`${folder}/x`, 'longer');
  await assert.rejects(
    client.call('action:entries.move', { plan_id: stale.plan_id }),
    (error: { code: string; data: { changed: string[] } }) => {
      assert.equal(error.code, 'PLAN_STALE');
      assert.deepEqual(error.data.changed, [`${folder}/x`]);
      return true;
    },
  );
  assert.equal(readFileSync(`${folder}/x`, 'utf8'), 'longer');
  const { plan_id } = await client.call('preview:entries.move', input);
  await completed((await client.call('action:entries.move', { plan_id })).result.job);
  await assert.rejects(client.call('action:entries.move', { plan_id }), { code: 'PLAN_NOT_FOUND' });
});

test('a commit with wrong decisions, or without those that are needed, leaves its plan good for another', async (context) => {
  const { client, completed } = await openTestCore(context);
  const folder = temporaryFolder(context);
  writeTree(folder, { x: 'new', 'to/x': 'old' });
  const { plan_id } = await client.call('preview:entries.copy', { sources: [`${folder}/x`], to: `${folder}/to` });
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`${at}`, 'skip']));
  for (const decisions of [{ '0': 'merge' }, { '7': 'skip' }, many])
    await assert.rejects(client.call('action:entries.copy', { plan_id, decisions }), { code: 'INVALID_INPUT' });
  await assert.rejects(client.call('action:entries.copy', { plan_id }), { code: 'CONFIRMATION_NEEDED' });
  const decisions = { '*': 'keep_both' };
  const both = await Promise.allSettled([1, 2].map(() => client.call('action:entries.copy', { plan_id, decisions })));
  const [done, refused] = both.toSorted((one, other) => one.status.localeCompare(other.status));
  assert.ok(done?.status === 'fulfilled' && refused?.status === 'rejected');
  assert.equal(refused.reason.code, 'PLAN_NOT_FOUND');
  await completed(done.value.result.job);
  assert.equal(readdirSync(`${folder}/to`).length, 2);
});

test('steps are paged, and those with a conflict can be had alone', async (context) => {
  const { client } = await openTestCore(context);
  const folder = temporaryFolder(context);
  for (let number = 0; number < 250; number++) writeTree(folder, { [`a/f${String(number).padStart(3, '0')}`]: '1' });
  writeTree(folder, { 'to/a/f007': '2', 'to/a/f200': '3' });
  const plan = await client.call('preview:entries.copy', { sources: [`${folder}/a`], to: `${folder}/to` });
  assert.deepEqual([plan.steps.length, plan.totals?.steps, plan.totals?.conflicts], [100, 251, 3]);
  const all: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.call('query:plans.steps', {
      plan_id: plan.plan_id,
      limit: 60,
      ...(cursor ? { cursor } : {}),
    });
    assert.equal(page.total, 251);
    all.push(...page.steps.map(({ seq }) => seq));
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  assert.deepEqual(
    all,
    Array.from({ length: 251 }, (_, seq) => seq),
  );
  const { steps } = await client.call('query:plans.steps', { plan_id: plan.plan_id, only: 'conflicts' });
  assert.deepEqual(
    steps.map(({ target, question }) => [
      target.replace(`${folder}/to/`, ''),
      question?.default,
      question?.choices.length,
    ]),
    [
      ['a', 'merge', 4],
      ['a/f007', 'skip', 5],
      ['a/f200', 'skip', 5],
    ],
  );
  await assert.rejects(client.call('query:plans.steps', { plan_id: plan.plan_id, cursor: 'eHg' }), {
    code: 'CURSOR_STALE',
  });
  const unknown = '01234567-89ab-7def-8123-456789abcdef';
  await assert.rejects(client.call('query:plans.steps', { plan_id: unknown }), { code: 'PLAN_NOT_FOUND' });
});

test('the index says what a folder comes to that goes in one step, and what is there by its content', async (context) => {
  const { client, index } = await openTestCore(context, { watching: { limit: 0 } });
  const folder = temporaryFolder(context);
  writeTree(folder, {
    'home/a/x': 'the same bytes',
    'home/a/b/y': 'others',
    'home/copy': 'the same bytes',
    'home/to/': '',
  });
  await index(`${folder}/home`);
  const moved = await client.call('preview:entries.move', { sources: [`${folder}/home/a`], to: `${folder}/home/to` });
  assert.deepEqual(
    [moved.totals?.steps, moved.totals?.files, moved.totals?.folders, moved.totals?.bytes],
    [1, 2, 2, 0],
  );
  const copied = await client.call('preview:entries.copy', { sources: [`${folder}/home/a`], to: `${folder}/home/to` });
  assert.deepEqual([copied.totals?.files_there, copied.totals?.bytes_there], [1, 14]);
  const id = (await client.call('query:vdfs.entry_info', { path: `${folder}/home/copy` })).content_id;
  const content = await client.call('preview:entries.copy', { sources: [`content://${id}`], to: folder });
  assert.match(content.steps[0]?.source ?? '', /\/home\/(a\/x|copy)$/);
});

test('a location’s folder, and what holds one, is neither moved nor taken away; what it holds may be', async (context) => {
  const { client, index } = await openTestCore(context, { watching: { limit: 0 } });
  const folder = temporaryFolder(context);
  writeTree(folder, { 'outer/home/x': '1', 'to/': '' });
  await index(`${folder}/outer/home`);
  const refused = { code: 'CONFLICT', message: /the location "home"/ };
  for (const source of [`${folder}/outer/home`, `${folder}/outer`]) {
    const sources = [source];
    await assert.rejects(client.call('preview:entries.move', { sources, to: `${folder}/to` }), refused);
    await assert.rejects(client.call('preview:entries.rename', { path: source, name: 'x' }), refused);
    await assert.rejects(client.call('preview:entries.trash', { sources }), refused);
    await assert.rejects(client.call('preview:entries.delete', { sources }), refused);
  }
  await client.call('preview:entries.trash', { sources: [`${folder}/outer/home/x`] });
  await client.call('preview:entries.copy', { sources: [`${folder}/outer`], to: `${folder}/to` });
});

test('what lies in a location that is not there is offline, not gone', async (context) => {
  const { client, index } = await openTestCore(context, { watching: { limit: 0 } });
  const folder = temporaryFolder(context);
  writeTree(folder, { 'home/x': '1', 'to/': '' });
  await index(`${folder}/home`);
  renameSync(`${folder}/home`, `${folder}/away`);
  const input = { sources: [`${folder}/home/x`], to: `${folder}/to` };
  await assert.rejects(client.call('preview:entries.copy', input), { code: 'OFFLINE' });
});

test('a link on the way is followed, the thing itself is not', async (context) => {
  const { client, index, completed } = await openTestCore(context, { watching: { limit: 0 } });
  const folder = temporaryFolder(context);
  writeTree(folder, { 'home/a/x': '1', 'home/a/keep': '2' });
  await index(`${folder}/home`);
  symlinkSync(`${folder}/home/a`, `${folder}/link`);
  const { result } = await client.call('action:entries.rename', { path: `${folder}/link/x`, name: 'y' });
  await completed(result.job);
  const { id } = await client.call('query:vdfs.entry_info', { path: `${folder}/home/a/y` });
  assert.ok(id, 'the index knows it by its own path');
  const trash = await client.call('preview:entries.trash', { sources: [`${folder}/link`] });
  assert.equal(trash.totals?.files, 1, 'the link, not what it leads to');
});

test('a session without the permission changes nothing', async (context) => {
  const { core } = await openTestCore(context);
  const folder = temporaryFolder(context);
  const { connect } = await import('@sd/client/client.ts');
  const reader = connect(core.connect(), {
    client: 'reader',
    permissions: ['library.read', 'files.read', 'library.write'],
  });
  context.after(() => reader.close());
  await assert.rejects(reader.call('action:entries.create_file', { path: `${folder}/x` }), { code: 'FORBIDDEN' });
  await assert.rejects(reader.call('preview:entries.trash', { sources: [folder] }), { code: 'FORBIDDEN' });
  assert.deepEqual(readdirSync(folder), []);
  rmSync(folder, { recursive: true });
});
