import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

/** Real mounts of real file systems; skipped where this user may not mount. */
interface Disk {
  mount(path: string): void;
  unmount(): void;
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: 'ignore' });
}

function loopDisk(t: TestContext, folder: string, name: string): Disk | undefined {
  const image = `${folder}/${name}.img`;
  let at: string | undefined;
  const disk: Disk = {
    mount(path) {
      mkdirSync(path, { recursive: true });
      run('mount', '-o', 'loop', image, path);
      at = path;
    },
    unmount() {
      if (at !== undefined) run('umount', at);
      at = undefined;
    },
  };
  try {
    run('truncate', '-s', '16M', image);
    run('mkfs.ext4', '-q', '-L', name, image);
    disk.mount(`${folder}/try`);
    disk.unmount();
  } catch {
    t.skip('this user may not mount a file system');
    return undefined;
  }
  return disk;
}

async function machine(t: TestContext): Promise<{ core: TestCore; folder: string; undo: (() => void)[] }> {
  const undo: (() => void)[] = [];
  const folder = temporaryFolder({ after: (call) => undo.push(() => void call()) }, 'sd-mounted-');
  const core = await openTestCore({ after: (call) => undo.push(() => void call()) });
  t.after(async () => {
    await core.close();
    for (const step of undo.reverse()) step();
  });
  return { core, folder, undo };
}

function location(core: TestCore, id: string) {
  return core.client.call('query:locations.info', { location: id });
}

async function jobs(core: TestCore): Promise<number> {
  return (await core.client.call('query:jobs.list', { states: ['queued', 'running'] })).jobs.length;
}

/** Waits until the core has noticed by itself; it is told by events. */
async function until(core: TestCore, holds: () => Promise<boolean>): Promise<void> {
  if (await holds()) return;
  await new Promise<void>((resolve, reject) => {
    const stop = core.core.events.subscribe(() => {
      holds().then((yes) => {
        if (!yes) return;
        stop();
        resolve();
      }, reject);
    });
  });
}

test('a real disk that is unmounted and mounted elsewhere is noticed, and is the same location', async (t) => {
  const { core, folder, undo } = await machine(t);
  const disk = loopDisk(t, folder, 'stick');
  if (!disk) return;
  undo.push(() => disk.unmount());
  disk.mount(`${folder}/one`);
  mkdirSync(`${folder}/one/photos`);
  for (const name of ['a.jpg', 'b.jpg']) writeFileSync(`${folder}/one/photos/${name}`, name);
  const { location: added } = await core.index(`${folder}/one/photos`);
  assert.equal((await location(core, added.id)).volume?.name, 'stick');
  const search = async () => (await core.client.call('query:search.files', { text: 'jpg' })).entries;
  const before = await search();
  assert.equal(before.length, 2);

  disk.unmount();
  await until(core, async () => (await location(core, added.id)).state === 'offline');
  assert.deepEqual(
    (await search()).map(({ id, offline }) => [id, offline]),
    before.map(({ id }) => [id, true]),
  );

  disk.mount(`${folder}/two`);
  await until(core, async () => (await location(core, added.id)).state !== 'offline');
  assert.equal((await location(core, added.id)).native_path, `${folder}/two/photos`);
  const after = await search();
  assert.deepEqual(
    after.map(({ id, native_path, offline }) => [id, native_path, offline]),
    before.map(({ id, native_path }) => [id, native_path.replace('/one/', '/two/'), undefined]),
  );
  const { added: isNew, removed } = (await core.rescan(added.id)).result as { added: number; removed: number };
  assert.deepEqual([isNew, removed], [0, 0]);
});

test('a real disk that takes the place of another takes nothing from it', async (t) => {
  const { core, folder, undo } = await machine(t);
  const [first, second] = [loopDisk(t, folder, 'first'), loopDisk(t, folder, 'second')];
  if (!first || !second) return;
  undo.push(() => (first.unmount(), second.unmount()));
  first.mount(`${folder}/place`);
  writeFileSync(`${folder}/place/kept.txt`, 'kept');
  const { location: added } = await core.index(`${folder}/place`);
  first.unmount();
  // The root of the one has the inode of the other's, and the kernel gives it the same device number.
  second.mount(`${folder}/place`);
  await until(core, async () => (await location(core, added.id)).state === 'offline');
  await assert.rejects(core.client.call('action:locations.rescan', { location: added.id }), { code: 'OFFLINE' });
  const { entries } = await core.client.call('query:search.files', { text: 'kept' });
  assert.deepEqual(
    entries.map(({ name, offline }) => [name, offline]),
    [['kept.txt', true]],
  );
});

test('a real disk is ejected, unless it is in use', async (t) => {
  const { core, folder, undo } = await machine(t);
  const disk = loopDisk(t, folder, 'stick');
  if (!disk) return;
  undo.push(() => isMounted(`${folder}/one`) && disk.unmount());
  disk.mount(`${folder}/one`);
  const { location: added } = await core.index(`${folder}/one`);
  const user = execFileUser(`${folder}/one`);
  undo.push(user);
  await assert.rejects(core.client.call('action:volumes.eject', { volume: 'stick' }), { code: 'CONFLICT' });
  await until(core, async () => (await location(core, added.id)).state !== 'offline');
  user();
  // What may have changed meanwhile is looked at again, and while that goes on the disk is in use by us.
  await until(core, async () => (await jobs(core)) === 0);
  await core.client.call('action:volumes.eject', { volume: 'stick' });
  assert.equal((await location(core, added.id)).state, 'offline');
  assert.ok(!isMounted(`${folder}/one`));
});

function isMounted(path: string): boolean {
  return readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${path} `);
}

/** Somebody else's program that has the folder open; the answered function ends it. */
function execFileUser(folder: string): () => void {
  const before = process.cwd();
  process.chdir(folder);
  return () => process.chdir(before);
}
