import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Carried } from '../src/domain/carried.ts';
import { act, treeOf, writeTree } from '../src/testing/file-world.ts';
import { endedSurely } from '../src/testing/model-jobs.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

/** A file system of its own that can be made read only, with files in it. */
function disk(context: TestContext, files: Readonly<Record<string, string>>) {
  const place = mkdtempSync(join(tmpdir(), 'sd-disk-'));
  context.after(() => {
    spawnSync('umount', ['-l', place]);
    rmSync(place, { recursive: true });
  });
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', place], { stdio: 'pipe' });
  } catch {
    context.skip('file systems cannot be mounted here');
    return undefined;
  }
  writeTree(place, files);
  return { place, makeReadOnly: () => void execFileSync('mount', ['-o', 'remount,ro', place]) };
}

async function world(context: TestContext, onDisk: Readonly<Record<string, string>>) {
  const stick = disk(context, onDisk);
  if (!stick) return undefined;
  ownTrash(context);
  const core = await openTestCore(context, { watching: { limit: 0 } });
  const folder = temporaryFolder(context);
  return { ...stick, core, client: core.client, folder };
}

const FILES = { 'from/a.txt': 'a', 'from/b/c.txt': 'c', 'from/b/d.txt': 'd' };
const REFUSED = { code: 'NOT_WRITABLE' };

test('what would change a file system that is read only is refused before anything is done', async (context) => {
  const here = await world(context, FILES);
  if (!here) return;
  const { place, makeReadOnly, core, client, folder } = here;
  writeTree(folder, { 'own.txt': 'own', 'to/': '' });
  makeReadOnly();
  const sources = [`${place}/from`];
  await assert.rejects(client.call('preview:entries.copy', { sources: [`${folder}/own.txt`], to: place }), REFUSED);
  await assert.rejects(client.call('preview:entries.move', { sources, to: `${folder}/to` }), REFUSED);
  await assert.rejects(client.call('preview:entries.rename', { path: `${place}/from`, name: 'other' }), REFUSED);
  await assert.rejects(client.call('preview:entries.create_folder', { path: `${place}/new` }), REFUSED);
  for (const action of ['trash', 'delete'] as const)
    await assert.rejects(client.call(`preview:entries.${action}`, { sources }), REFUSED);
  await assert.rejects(client.call('preview:entries.set_times', { sources, modified: 1_000_000 }), REFUSED);
  const copied = await act(core, 'copy', { sources, to: `${folder}/to` });
  assert.deepEqual([copied.failed, treeOf(`${folder}/to`)], [0, treeOf(place)]);
});

for (const [what, fromDisk] of [
  ['the target', false],
  ['the source', true],
] as const)
  test(`${what} of a move becomes read only in the middle: every file is whole where it was`, async (context) => {
    const here = await world(context, fromDisk ? FILES : { 'to/': '' });
    if (!here) return;
    const { place, makeReadOnly, core, client, folder } = here;
    writeTree(folder, fromDisk ? { 'to/': '' } : FILES);
    const [source, target] = fromDisk ? [place, `${folder}/to`] : [folder, `${place}/to`];
    const before = treeOf(`${source}/from`);
    const { plan_id } = await client.call('preview:entries.move', { sources: [`${source}/from`], to: target });
    const leave = core.core.events.subscribe(({ resource, change }) => {
      if (resource === 'job' && change === 'created') makeReadOnly();
    });
    const { receipt, result } = await client.call('action:entries.move', { plan_id });
    leave();
    const job = await endedSurely(core, result.job.id);
    assert.ok((job.result as Carried).failed > 0);
    assert.ok(job.problems?.named.every(({ reason }) => reason !== ''));
    assert.deepEqual(treeOf(`${source}/from`), before);
    assert.ok(
      Object.values(treeOf(target)).every((bytes) => bytes === null),
      'no copy is left, nor half of one',
    );
    const [audit] = (await client.call('query:audit.list', { receipt })).actions;
    assert.equal(audit?.outcome, 'partial');
  });
