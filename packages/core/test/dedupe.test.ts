import assert from 'node:assert/strict';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { KeepRule } from '../src/domain/keep-rules.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

interface World {
  readonly core: TestCore;
  readonly folder: string;
  /** Writes a file, made that many days ago. */
  write(name: string, bytes: string, daysAgo?: number): string;
  index(): Promise<string>;
}

async function opened(context: TestContext): Promise<World> {
  ownTrash(context);
  const folder = temporaryFolder(context);
  const core = await openTestCore(context, { watching: { limit: 0 } });
  return {
    core,
    folder,
    write(name, bytes, daysAgo = 1) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
      const time = new Date(Date.UTC(2026, 0, 1) - daysAgo * 86_400_000);
      utimesSync(path, time, time);
      return path;
    },
    index: async () => (await core.index(folder)).location.id,
  };
}

async function dedupe({ core }: World, input: Parameters<typeof core.client.call<'action:content.dedupe'>>[1] = {}) {
  const { receipt, result } = await core.client.call('action:content.dedupe', input);
  await core.completed(result.job);
  return receipt;
}

/** Undo or redo of it, to the end of its job. */
async function take({ core }: World, back: 'undo' | 'redo', receipt: string): Promise<void> {
  const { result } = await core.client.call(`action:history.${back}`, { receipt });
  if (result.job) await core.completed(result.job);
}

const there = (folder: string, ...names: string[]): boolean[] => names.map((name) => existsSync(join(folder, name)));

test('of each file one stays: the oldest, unless rules say another; what went comes back with one undo', async (context) => {
  const world = await opened(context);
  const { core, folder, write } = world;
  write('old', 'same', 9);
  write('middle', 'same', 5);
  write('deep/er/new', 'same', 1);
  write('other', 'not the same at all');
  await world.index();

  const plan = await core.client.call('preview:content.dedupe', {});
  assert.deepEqual(
    plan.steps.map(({ what, target, detail, bytes }) => [what, target, detail, bytes]),
    [
      ['move to trash', join(folder, 'middle'), `${join(folder, 'old')} stays`, 4],
      ['move to trash', join(folder, 'deep/er/new'), `${join(folder, 'old')} stays`, 4],
    ],
  );
  assert.equal(plan.bytes, 8);
  assert.match(plan.summary, /2 copies of one file/);
  const { receipt, result } = await core.client.call('action:content.dedupe', { plan_id: plan.plan_id });
  await core.completed(result.job);
  assert.deepEqual(there(folder, 'old', 'middle', 'deep/er/new', 'other'), [true, false, false, true]);
  assert.equal((await core.client.call('query:content.duplicates', {})).total.groups, 0);

  const undone = await core.client.call('action:history.undo', { receipt });
  if (undone.result.job) await core.completed(undone.result.job);
  assert.deepEqual(there(folder, 'old', 'middle', 'deep/er/new'), [true, true, true]);
  assert.equal((await core.client.call('query:content.duplicates', {})).groups[0]?.count, 3);
});

test('rules in their order: the first that tells two files apart decides', async (context) => {
  const world = await opened(context);
  const { core, folder, write } = world;
  const lay = (): void => {
    write('a/short', 'same', 9);
    write('b/longer name', 'same', 1);
    write('b/x', 'same', 5);
  };
  lay();
  const location = await world.index();
  await core.client.call('action:tags.apply', {
    tags: ['keep'],
    create: true,
    on: 'entry',
    targets: { paths: [join(folder, 'b/longer name')] },
  });
  const keeps = async (input: { keep?: KeepRule[] }): Promise<string[]> => {
    const { steps } = await core.client.call('preview:content.dedupe', input);
    const going = new Set(steps.map(({ target }) => target));
    return ['a/short', 'b/longer name', 'b/x'].filter((name) => !going.has(join(folder, name)));
  };
  assert.deepEqual(await keeps({}), ['a/short']);
  assert.deepEqual(await keeps({ keep: ['newest'] }), ['b/longer name']);
  assert.deepEqual(await keeps({ keep: ['shortest_path'] }), ['b/x']);
  assert.deepEqual(await keeps({ keep: ['tagged'] }), ['b/longer name']);
  assert.deepEqual(await keeps({ keep: [{ tag: 'keep' }, 'oldest'] }), ['b/longer name']);
  assert.deepEqual(await keeps({ keep: [{ within: join(folder, 'b') }, 'oldest'] }), ['b/x']);
  assert.deepEqual(await keeps({ keep: [{ location }, 'newest'] }), ['b/longer name']);
  const { device } = await core.client.call('query:core.status');
  assert.deepEqual(await keeps({ keep: [{ device: device.slug }, 'oldest'] }), ['a/short']);
  await assert.rejects(keeps({ keep: [{ device: 'elsewhere' }] }), { code: 'NOT_FOUND' });
});

test('two names of one file are no two copies, and a file with names elsewhere stays', async (context) => {
  const world = await opened(context);
  const { core, folder, write } = world;
  linkSync(write('one', 'alone'), join(folder, 'one again'));
  const outside = join(temporaryFolder(context), 'outside');
  write('first', 'linked', 9);
  linkSync(write('second', 'linked', 1), outside);
  await world.index();
  const plan = await core.client.call('preview:content.dedupe', {});
  assert.deepEqual(plan.steps, []);
  assert.ok(plan.warnings.some((warning) => warning.startsWith('one copy stay')));
  await dedupe(world);
  assert.deepEqual(there(folder, 'one', 'one again', 'first', 'second'), [true, true, true, true]);
});

test('a copy becomes a hard link of the one that stays; what it was lies in the trash', async (context) => {
  const world = await opened(context);
  const { folder, write } = world;
  const kept = write('kept', 'same', 9);
  const copy = write('copy', 'same', 1);
  await world.index();
  const receipt = await dedupe(world, { by: 'hard_link' });
  assert.equal(statSync(copy).ino, statSync(kept).ino);
  const undone = await world.core.client.call('action:history.undo', { receipt });
  if (undone.result.job) await world.core.completed(undone.result.job);
  assert.notEqual(statSync(join(folder, 'copy')).ino, statSync(kept).ino);
  assert.equal(readFileSync(copy, 'utf8'), 'same');
});

for (const by of ['trash', 'hard_link'] as const) {
  /** Deduped, and undone: two copies as there were, the action to be done again, and what is in the kept one. */
  const undone = async (context: TestContext) => {
    const world = await opened(context);
    const kept = world.write('kept', 'same', 9);
    const copy = world.write('copy', 'same', 1);
    await world.index();
    const receipt = await dedupe(world, { by });
    await take(world, 'undo', receipt);
    assert.equal(readFileSync(copy, 'utf8'), 'same');
    assert.notEqual(statSync(copy).ino, statSync(kept).ino);
    return { ...world, world, kept, copy, receipt };
  };

  test(`done again after an undo, copies go as they went before (${by})`, async (context) => {
    const { world, copy, kept, receipt } = await undone(context);
    for (let round = 0; round < 2; round++) {
      await take(world, 'redo', receipt);
      assert.equal(existsSync(copy), by === 'hard_link');
      if (by === 'hard_link') assert.equal(statSync(copy).ino, statSync(kept).ino);
      await take(world, 'undo', receipt);
      assert.equal(readFileSync(copy, 'utf8'), 'same');
    }
  });

  test(`done again, nothing goes whose kept file is gone meanwhile (${by})`, async (context) => {
    const { world, copy, kept, receipt } = await undone(context);
    await take(world, 'redo', receipt);
    await take(world, 'undo', receipt);
    rmSync(kept);
    await assert.rejects(take(world, 'redo', receipt), { code: 'CHANGED_SINCE' });
    assert.equal(readFileSync(copy, 'utf8'), 'same');
  });

  test(`done again, nothing goes that is not the same as the kept file any more (${by})`, async (context) => {
    const { core, world, copy, receipt, write } = await undone(context);
    write('kept', 'SAME', 9);
    const { result } = await core.client.call('action:history.redo', { receipt });
    assert.ok(result.job);
    await core.completed(result.job).catch(() => {});
    assert.equal(readFileSync(copy, 'utf8'), 'same');
    assert.equal(existsSync(join(world.folder, 'kept')), true);
  });
}

test('a copy whose bytes have changed under the same size and time stays, and so does one whose keeper has', async (context) => {
  const world = await opened(context);
  const { core, folder, write } = world;
  for (const name of ['x/kept', 'x/copy', 'y/kept', 'y/copy'])
    write(name, `same in ${name.slice(0, 1)}`, name.endsWith('kept') ? 9 : 1);
  await world.index();
  write('x/copy', 'SAME in x', 1);
  write('y/kept', 'SAME in y', 9);
  const { result } = await core.client.call('action:content.dedupe', {});
  await core.completed(result.job).catch(() => {});
  assert.deepEqual(there(folder, 'x/kept', 'x/copy', 'y/kept', 'y/copy'), [true, true, true, true]);
  const { steps } = await core.client.call('query:plans.steps', { plan_id: result.plan_id });
  assert.deepEqual(
    steps.map(({ state }) => state),
    ['failed', 'failed'],
  );
});
