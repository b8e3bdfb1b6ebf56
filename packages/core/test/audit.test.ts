import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from '@sd/client/client.ts';
import { parseCsv } from '../src/testing/parse-csv.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

const UNWATCHED = { watching: { limit: 0 } } as const;
const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

test('every action leaves who, what, on what and how it went; those that were refused or failed too', async (context) => {
  const { core, client } = await openTestCore(context, UNWATCHED);
  const { receipt } = await client.call('action:tags.create', { name: 'Holiday' });
  await assert.rejects(client.call('action:tags.create', { name: 'Holiday' }), refused('ALREADY_EXISTS'));
  await assert.rejects(
    client.call('action:tags.rename', { plan_id: '01a1fd70-0000-7000-8000-000000000000' }),
    refused('PLAN_NOT_FOUND'),
  );
  const reader = connect(core.connect({ trusted: true, permissions: ['library.read'], extension: 'gallery' }), {
    client: 'looker 1.0',
  });
  context.after(() => reader.close());
  await assert.rejects(reader.call('action:tags.create', { name: 'Mine' }), refused('FORBIDDEN'));
  await assert.rejects(reader.call('query:audit.list', {}), refused('FORBIDDEN'));

  const { actions } = await client.call('query:audit.list', {});
  assert.deepEqual(
    actions.map(({ operation, outcome, client: who, extension }) => [operation, outcome, who, extension]),
    [
      ['tags.create', 'refused', 'looker 1.0', 'gallery'],
      ['tags.rename', 'refused', 'test', undefined],
      ['tags.create', 'failed', 'test', undefined],
      ['tags.create', 'done', 'test', undefined],
    ],
    'what concerns no library is in the log',
  );
  const made = actions.find((one) => one.receipt === receipt);
  assert.equal(made?.device_id, core.status().device.id);
  assert.deepEqual(made?.targets, ['Holiday']);
  assert.match(made?.summary ?? '', /Holiday/);
  assert.match(actions[2]?.error ?? '', /^ALREADY_EXISTS: /);
  assert.deepEqual(actions[2]?.input, made?.input, 'what was asked is there also where it failed');
  assert.match(actions[0]?.error ?? '', /^FORBIDDEN: /);
  assert.equal(actions[0]?.input, null, 'what was refused was not even read');
});

test('an action that starts a job is under way until the job ends, and what was verified is kept', async (context) => {
  const { client, completed, close, dataFolder } = await openTestCore(context, UNWATCHED);
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, 'a.txt'), 'one');
  const added = await client.call('action:locations.add', { path: folder });
  const entry = async () => (await client.call('query:audit.list', { receipt: added.receipt })).actions[0];
  assert.equal((await entry())?.job, added.result.job?.id);
  if (!added.result.job) throw new Error('it is indexed by a job');
  await completed(added.result.job);
  while ((await entry())?.outcome === 'started') await new Promise((resolve) => setImmediate(resolve));
  assert.equal((await entry())?.outcome, 'done');
  assert.ok(((await entry())?.counts?.done ?? 0) > 0);

  const tag = await client.call('action:tags.create', { name: 'Later' });
  assert.equal((await client.call('verify:tags.create', { receipt: tag.receipt })).ok, true);
  const verified = (await client.call('query:audit.list', { receipt: tag.receipt })).actions[0];
  assert.deepEqual((verified?.verification as { ok: boolean } | undefined)?.ok, true);

  await close();
  const again = await openTestCore(context, { dataFolder, ...UNWATCHED });
  const seen = await again.client.call('verify:tags.create', { receipt: tag.receipt });
  assert.equal(seen.ok, true, 'what was answered outlives the daemon');
  await assert.rejects(again.client.call('verify:tags.rename', { receipt: tag.receipt }), refused('NOT_FOUND'));
});

test('the audit is filtered, paged and exported', async (context) => {
  const { client, completed } = await openTestCore(context, UNWATCHED);
  for (let at = 0; at < 7; at++) await client.call('action:tags.create', { name: `Tag "${at}", a` });
  await assert.rejects(client.call('action:tags.create', { name: 'Tag "3", a' }), refused('ALREADY_EXISTS'));
  const found = async (filter: Record<string, unknown>) =>
    (await client.call('query:audit.list', filter)).actions.length;
  assert.equal(await found({ operation: 'tags' }), 8);
  assert.equal(await found({ operation: 'tag' }), 0, 'an area is a word');
  assert.equal(await found({ outcomes: ['failed'] }), 1);
  assert.equal(await found({ text: '"3", a' }), 2);
  assert.equal(await found({ text: '100%' }), 0, 'no character stands for others');
  assert.equal(await found({ client: 'tes', operation: 'tags.create' }), 8);
  assert.equal(await found({ until: 1 }), 0);

  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await client.call('query:audit.list', { operation: 'tags', limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.actions.map(({ receipt }) => receipt));
    cursor = page.next_cursor;
    if (cursor === undefined) break;
  }
  assert.equal(new Set(seen).size, 8);

  const folder = temporaryFolder(context);
  for (const format of ['csv', 'ndjson'] as const) {
    const path = join(folder, `audit.${format}`);
    const { receipt, result } = await client.call('action:audit.export', { path, format, operation: 'tags' });
    const job = await completed(result.job);
    assert.equal((job.result as { entries: number }).entries, 8);
    assert.equal((await client.call('verify:audit.export', { receipt })).ok, true);
    const text = readFileSync(path, 'utf8');
    if (format === 'csv') {
      const [header = [], ...rows] = parseCsv(text);
      const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
      assert.deepEqual(column('receipt'), [...seen].reverse());
      assert.deepEqual(column('outcome'), [...Array<string>(7).fill('done'), 'failed']);
    } else {
      const lines = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { receipt: string; at: string });
      assert.deepEqual(
        lines.map((line) => line.receipt),
        [...seen].reverse(),
      );
      assert.ok(lines.every(({ at }) => !Number.isNaN(Date.parse(at))));
    }
    await assert.rejects(client.call('action:audit.export', { path, format }), refused('ALREADY_EXISTS'));
  }
});
