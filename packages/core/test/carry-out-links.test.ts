import assert from 'node:assert/strict';
import { lstatSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import type { Carried } from '../src/domain/carried.ts';
import type { Platform } from '../src/platform.ts';
import { FakeUserFiles } from '../src/testing/fake-user-files.ts';
import { inlineWorkers } from '../src/testing/inline-workers.ts';
import { endedSurely } from '../src/testing/model-jobs.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

type By = 'hard_link' | 'reflink';

/** Two files that are the same, the older of which stays. `clones`: on a file system that can, as far as is known. */
async function twins(
  context: TestContext,
  { clones = false, really = clones }: { clones?: boolean; really?: boolean } = {},
) {
  ownTrash(context);
  const folder = temporaryFolder(context);
  const faults = new FakeUserFiles(nodeUserFiles, really ? [{ path: folder, clones }] : []);
  const mounts = ({ mounts: real }: Platform): Platform['mounts'] => ({
    ...real,
    files: real.files,
    onChange: (call) => real.onChange(call),
    eject: (mount) => real.eject(mount),
    list: async () => (await real.list()).map((mount) => ({ ...mount, copyOnWrite: clones })),
  });
  const core = await openTestCore(context, {
    watching: { limit: 0 },
    platform: (platform) => ({
      ...platform,
      mounts: mounts(platform),
      workers: inlineWorkers(platform, faults.ports(platform)),
    }),
  });
  const [kept, copy] = [`${folder}/kept`, `${folder}/copy`];
  for (const [path, year] of [
    [kept, 2020],
    [copy, 2024],
  ] as const) {
    writeFileSync(path, 'the same bytes');
    utimesSync(path, new Date(Date.UTC(year)), new Date(Date.UTC(year)));
  }
  await core.index(folder, { mode: 'content' });
  const dedupe = async (by: By) => {
    const { plan_id } = (await core.client.call('preview:content.dedupe', { by })) as { plan_id: string };
    const { receipt, result } = await core.client.call('action:content.dedupe', { plan_id });
    const { result: carried } = await endedSurely(core, result.job.id);
    return { receipt, carried: carried as Carried };
  };
  const take = async (back: 'undo' | 'redo', receipt: string): Promise<void> => {
    const { result } = await core.client.call(`action:history.${back}`, { receipt });
    await endedSurely(core, result.job?.id ?? '');
  };
  const idOf = async (path: string) => (await core.client.call('query:vdfs.entry_info', { path })).id;
  return { core, folder, faults, kept, copy, dedupe, take, idOf, names: () => readdirSync(folder).sort() };
}

const timeOf = (path: string): number => lstatSync(path).mtimeMs;
const inodeOf = (path: string): number => lstatSync(path).ino;

test('where no file can share its bytes, a clone is refused before anything is done', async (context) => {
  const { core } = await twins(context);
  await assert.rejects(core.client.call('preview:content.dedupe', { by: 'reflink' }), { code: 'UNAVAILABLE' });
});

test('a file system that was thought to clone and does not: the step fails, and both files are as they were', async (context) => {
  const { dedupe, kept, copy, names } = await twins(context, { clones: true, really: false });
  const before = [inodeOf(kept), inodeOf(copy)];
  const { carried, receipt } = await dedupe('reflink');
  if (carried.done === 1) return context.skip('the file system here really clones');
  assert.deepEqual([carried.done, carried.failed], [0, 1]);
  assert.deepEqual([inodeOf(kept), inodeOf(copy)], before);
  assert.deepEqual(names(), ['copy', 'kept']);
  assert.ok(receipt);
});

for (const by of ['hard_link', 'reflink'] as const)
  test(`a copy takes on the bytes of the file that stays, keeps its name and id, and comes back (${by})`, async (context) => {
    const { dedupe, take, kept, copy, idOf, names } = await twins(context, { clones: by === 'reflink' });
    const [before, id, time] = [inodeOf(copy), await idOf(copy), timeOf(copy)];
    const { receipt, carried } = await dedupe(by);
    const isShared = (): void => {
      assert.equal(readFileSync(copy, 'utf8'), 'the same bytes');
      assert.equal(inodeOf(copy) === inodeOf(kept), by === 'hard_link');
      assert.notEqual(inodeOf(copy), before);
      if (by === 'reflink') assert.equal(timeOf(copy), time, 'a clone has the time the copy had');
    };
    assert.deepEqual([carried.done, carried.failed], [1, 0]);
    isShared();
    assert.equal(await idOf(copy), id);
    for (let round = 0; round < 2; round++) {
      await take('undo', receipt);
      assert.equal(readFileSync(copy, 'utf8'), 'the same bytes');
      assert.equal(timeOf(copy), time);
      if (round === 0) assert.equal(inodeOf(copy), before, 'the file that was in the trash');
      assert.notEqual(inodeOf(copy), inodeOf(kept));
      assert.equal(await idOf(copy), id);
      await take('redo', receipt);
      isShared();
      assert.deepEqual(names(), ['copy', 'kept']);
    }
  });

for (const by of ['hard_link', 'reflink'] as const)
  for (const call of ['trash', 'rename'] as const)
    for (const after of [false, true])
      test(`cut off ${after ? 'after' : 'before'} its ${call}, it goes on where it was (${by})`, async (context) => {
        const { core, dedupe, take, faults, kept, copy, names } = await twins(context, { clones: by === 'reflink' });
        const before = inodeOf(copy);
        faults.failAt(1, 'DISK_FULL', { call, after });
        const { receipt, carried } = await dedupe(by);
        assert.deepEqual([carried.done, carried.failed], [1, 0]);
        assert.equal(readFileSync(copy, 'utf8'), 'the same bytes');
        assert.notEqual(inodeOf(copy), before);
        assert.deepEqual(names(), ['copy', 'kept']);
        const { items } = await core.client.call('query:entries.list_trash', {});
        assert.deepEqual(
          items.map(({ path, place }) => [path.endsWith(copy), inodeOf(place)]),
          [[true, before]],
        );
        await take('undo', receipt);
        assert.equal(inodeOf(copy), before);
        assert.equal(readFileSync(kept, 'utf8'), 'the same bytes');
      });
