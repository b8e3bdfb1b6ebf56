import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { nodeMounts } from '@sd/platform-node/mounts/mounts.ts';
import { SdError } from '../src/errors.ts';
import { type FakeDisk, FakeMounts, fakeMount } from '../src/testing/fake-mounts.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

interface Machine extends TestCore {
  readonly mounts: FakeMounts;
  readonly folder: string;
  disk(name: string, mount?: FakeDisk['mount']): FakeDisk;
  /** Looks at the mounts, as the core does when the system says that they changed. */
  look(): Promise<void>;
  location(
    id: string,
  ): Promise<{ state: string; native_path: string; volume?: { id: string; name: string } | undefined }>;
}

/** The error a job has come to, whether it ended or waits for it to pass. */
async function errorOf(m: Machine, id: string): Promise<string> {
  for (;;) {
    const { error, state } = await m.client.call('query:jobs.info', { id });
    if (error) return error.code;
    if (state === 'completed') return 'none';
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Waits until no job runs: what was away for a moment is looked at again. */
async function idle(m: Machine): Promise<void> {
  for (;;) {
    const { jobs } = await m.client.call('query:jobs.list', { states: ['queued', 'running'] });
    if (jobs.length === 0) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A core on a machine whose disks are folders. */
async function machine(
  t: TestContext,
  options: { folder?: string; dataFolder?: string; mounts?: FakeMounts } = {},
): Promise<Machine> {
  const { folder = temporaryFolder(t, 'sd-volumes-'), mounts = new FakeMounts(nodeMounts.files), dataFolder } = options;
  const core = await openTestCore(t, {
    platform: (platform) => ({ ...platform, mounts }),
    ...(dataFolder === undefined ? {} : { dataFolder }),
  });
  let number = 10;
  return {
    ...core,
    mounts,
    folder,
    disk(name, mount = {}) {
      const home = `${folder}/${name}`;
      mkdirSync(`${home}/photos/2024`, { recursive: true });
      for (const file of ['readme', 'photos/a.jpg', 'photos/2024/b.jpg'])
        writeFileSync(`${home}/${file}`, `${name} ${file}`);
      const superblock = number++;
      return {
        home,
        mount: { source: `/dev/sd${name}`, superblock, fileSystemId: `id-${name}`, label: name, ...mount },
      };
    },
    look: async () => void (await core.client.call('action:volumes.refresh', {})),
    async location(location) {
      const view = await core.client.call('query:locations.info', { location });
      // A watcher may look at it again at any time: it is there all the same.
      return { ...view, state: view.state === 'indexing' ? 'online' : view.state };
    },
  };
}

/** Path and id of every entry a search shows. */
async function found(m: Machine, text: string): Promise<{ path: string; id: number | undefined; offline: boolean }[]> {
  const { entries: hits } = await m.client.call('query:search.files', { text });
  return hits
    .map((hit) => ({ path: hit.native_path, id: hit.id, offline: hit.offline === true }))
    .toSorted((a, b) => (a.id ?? 0) - (b.id ?? 0));
}

test('a disk that is mounted elsewhere is the same location: ids stay, nothing is read again', async (t) => {
  const m = await machine(t);
  const disk = m.disk('usb');
  m.mounts.mount(disk, `${m.folder}/mnt/usb`);
  const { location } = await m.index(`${m.folder}/mnt/usb/photos`);
  const before = await found(m, 'jpg');
  const volume = (await m.location(location.id)).volume;
  assert.equal(volume?.name, 'usb');

  m.mounts.unmount(disk);
  await m.look();
  assert.equal((await m.location(location.id)).state, 'offline');
  assert.deepEqual(
    await found(m, 'jpg'),
    before.map((hit) => ({ ...hit, offline: true })),
  );

  m.mounts.mount(disk, `${m.folder}/media/ada/usb`);
  await m.look();
  const now = await m.location(location.id);
  assert.deepEqual([now.state, now.native_path], ['online', `${m.folder}/media/ada/usb/photos`]);
  assert.deepEqual(now.volume, volume);
  assert.deepEqual(
    await found(m, 'jpg'),
    before.map((hit) => ({ ...hit, path: hit.path.replace('/mnt/usb', '/media/ada/usb') })),
  );
  const { result } = await m.rescan(location.id);
  const { added, modified, moved, removed, unchanged } = result as Record<string, number>;
  assert.deepEqual([added, modified, moved, removed, unchanged], [0, 0, 0, 0, 3]);
});

test('another disk at the same place is not the location, and takes nothing from it', async (t) => {
  const m = await machine(t);
  const [first, second] = [m.disk('first'), m.disk('second', { superblock: 10 })];
  const place = `${m.folder}/mnt`;
  m.mounts.mount(first, place);
  const { location } = await m.index(place);
  const before = await found(m, 'jpg');
  m.mounts.unmount(first);
  m.mounts.mount(second, place);
  // No one has told the core yet: the scan looks for itself.
  const { result } = await m.client.call('action:locations.rescan', { location: location.id });
  assert.equal(await errorOf(m, result.job.id), 'OFFLINE');
  await m.look();
  assert.equal((await m.location(location.id)).state, 'offline');
  assert.deepEqual(await found(m, 'first'), []);
  assert.deepEqual(
    (await found(m, 'jpg')).map(({ id }) => id),
    before.map(({ id }) => id),
  );

  // The other disk can be a location of its own, at the same path.
  const other = await m.index(place, {});
  assert.equal((await m.location(other.location.id)).state, 'online');
  assert.equal((await found(m, 'jpg')).length, before.length * 2);
  m.mounts.unmount(second);
  m.mounts.mount(first, place);
  await m.look();
  const states = await Promise.all([location, other.location].map(async ({ id }) => (await m.location(id)).state));
  assert.deepEqual(states, ['online', 'offline']);
  assert.equal(((await m.rescan(location.id)).result as { removed: number }).removed, 0);
});

test('an empty mount point is an offline location that can be browsed', async (t) => {
  const m = await machine(t);
  const disk = m.disk('usb');
  m.mounts.mount(disk, `${m.folder}/mnt`);
  const { location } = await m.index(`${m.folder}/mnt`);
  m.mounts.unmount(disk);
  await m.look();
  await assert.rejects(m.client.call('action:locations.rescan', { location: location.id }), { code: 'OFFLINE' });
  const listing = await m.client.call('query:vdfs.list_entries', { path: `${m.folder}/mnt` });
  assert.deepEqual(
    listing.entries.map(({ name, offline }) => [name, offline]),
    [
      ['photos', true],
      ['readme', true],
    ],
  );
});

test('every location on a disk goes with it, also the disk itself', async (t) => {
  const m = await machine(t);
  const disk = m.disk('usb');
  mkdirSync(`${disk.home}/music`);
  m.mounts.mount(disk, `${m.folder}/a`);
  const photos = await m.index(`${m.folder}/a/photos`);
  const music = await m.index(`${m.folder}/a/music`);
  const other = m.disk('other');
  m.mounts.mount(other, `${m.folder}/o`);
  const whole = await m.index(`${m.folder}/o`);
  m.mounts.unmount(disk);
  m.mounts.unmount(other);
  m.mounts.mount(other, `${m.folder}/a`);
  m.mounts.mount(disk, `${m.folder}/o`);
  await m.look();
  const all = await Promise.all([photos, music, whole].map(({ location }) => m.location(location.id)));
  assert.deepEqual(
    all.map(({ state, native_path }) => [state, native_path.slice(m.folder.length)]),
    [
      ['online', '/o/photos'],
      ['online', '/o/music'],
      ['online', '/a'],
    ],
  );
  assert.equal((await found(m, 'readme')).find(({ path }) => path === `${m.folder}/a/readme`)?.offline, false);
});

test('of a disk and its clone, the one that was there is the location; the other is named a clone', async (t) => {
  const m = await machine(t);
  const [disk, clone] = [m.disk('usb'), m.disk('clone', { fileSystemId: 'id-usb', label: 'usb' })];
  m.mounts.mount(disk, `${m.folder}/b`);
  const { location } = await m.index(`${m.folder}/b`);
  m.mounts.mount(clone, `${m.folder}/a`);
  await m.look();
  assert.equal((await m.location(location.id)).native_path, `${m.folder}/b`);
  const { volumes } = await m.client.call('query:volumes.list', {});
  const cloned = volumes.find(({ mount_path }) => mount_path === `${m.folder}/a`);
  assert.equal(cloned?.clone_of, (await m.location(location.id)).volume?.id);
  await assert.rejects(m.client.call('action:volumes.track', { volume: `${m.folder}/a` }), { code: 'CONFLICT' });
});

test('a volume that nothing names gets a file of ours when it is tracked, and nothing before', async (t) => {
  const m = await machine(t);
  const disk = m.disk('fat', { fileSystemId: undefined as never });
  delete (disk.mount as { fileSystemId?: string }).fileSystemId;
  const place = `${m.folder}/mnt`;
  m.mounts.mount(disk, place);
  await m.index(`${place}/photos`);
  await m.look();
  assert.ok(!existsSync(`${place}/.sd-volume-id`), 'nothing is written uninvited');
  const { result } = await m.client.call('action:volumes.track', { volume: place });
  const id = readFileSync(`${place}/.sd-volume-id`, 'utf8').split('\n')[0];
  assert.equal(result.volume.fingerprint, `id:${id}`);
  assert.equal(result.volume.tracked, true);
  assert.equal(result.volume.locations.length, 1, 'the location on it belongs to it now');

  m.mounts.unmount(disk);
  m.mounts.mount(disk, `${m.folder}/elsewhere`);
  await m.look();
  assert.equal((await m.location('photos')).native_path, `${m.folder}/elsewhere/photos`);
  await m.client.call('action:volumes.rename', { volume: result.volume.id, name: 'My stick' });
  const after = await m.client.call('query:volumes.info', { volume: 'my stick' });
  assert.deepEqual([after.id, after.mount_path], [result.volume.id, `${m.folder}/elsewhere`]);
});

test('a file of that name that is none of ours is left alone', async (t) => {
  const m = await machine(t);
  const disk = m.disk('fat');
  delete (disk.mount as { fileSystemId?: string }).fileSystemId;
  writeFileSync(`${disk.home}/.sd-volume-id`, 'mine');
  m.mounts.mount(disk, `${m.folder}/mnt`);
  await m.look();
  await assert.rejects(m.client.call('action:volumes.track', { volume: `${m.folder}/mnt` }), { code: 'CONFLICT' });
  assert.equal(readFileSync(`${m.folder}/mnt/.sd-volume-id`, 'utf8'), 'mine');
});

test('a subvolume that is mounted alone, and with the whole file system, is one place', async (t) => {
  const m = await machine(t);
  const disk = m.disk('btrfs', { root: '/@home', fileSystem: 'btrfs' });
  m.mounts.mount(disk, `${m.folder}/home`);
  const { location } = await m.index(`${m.folder}/home/photos`);
  m.mounts.unmount(disk);
  // The top of the file system, with the subvolume as a folder in it.
  mkdirSync(`${m.folder}/top`);
  m.mounts.others = [fakeMount({ path: `${m.folder}/top`, ...disk.mount, root: '/' })];
  const inside: FakeDisk = { home: disk.home, mount: { superblock: 99 } };
  m.mounts.mount(inside, `${m.folder}/top/@home`);
  m.mounts.others.push();
  inside.mountedAt = undefined as never;
  await m.look();
  assert.equal((await m.location(location.id)).native_path, `${m.folder}/top/@home/photos`);
});

test('mounting, unmounting and renaming are told', async (t) => {
  const m = await machine(t);
  const seen: string[] = [];
  m.core.events.subscribe(({ resource, change, data }) => {
    if (resource === 'volume') seen.push([change, data?.['what']].filter(Boolean).join(' '));
  });
  const disk = m.disk('usb');
  m.mounts.mount(disk, `${m.folder}/mnt`);
  await m.look();
  await m.client.call('action:volumes.track', { volume: 'usb' });
  await m.client.call('action:volumes.rename', { volume: 'usb', name: 'Backup' });
  m.mounts.unmount(disk);
  await m.look();
  assert.deepEqual(seen, ['created mounted', 'created', 'updated', 'updated', 'deleted unmounted', 'updated']);
  const away = await m.client.call('query:volumes.info', { volume: 'Backup' });
  assert.deepEqual([away.mounted, away.tracked, away.mount_paths], [false, true, []]);
  await m.client.call('action:volumes.untrack', { volume: 'Backup' });
  await assert.rejects(m.client.call('query:volumes.info', { volume: 'Backup' }), { code: 'NOT_FOUND' });
});

test('a volume in use is not ejected, and is said to be', async (t) => {
  const m = await machine(t);
  const disk = m.disk('usb');
  m.mounts.mount(disk, `${m.folder}/mnt`);
  const { location } = await m.index(`${m.folder}/mnt`);
  m.mounts.refusal = new SdError('CONFLICT', 'it is in use');
  await assert.rejects(m.client.call('action:volumes.eject', { volume: 'usb' }), { code: 'CONFLICT' });
  assert.equal((await m.location(location.id)).state, 'online');
  m.mounts.refusal = undefined;
  await idle(m);
  const { result } = await m.client.call('action:volumes.eject', { volume: 'usb' });
  assert.equal(result.name, 'usb');
  assert.equal((await m.location(location.id)).state, 'offline');
  await assert.rejects(m.client.call('action:volumes.eject', { volume: 'System' }), { code: 'CONFLICT' });
});

test('a speed test writes one file, removes it, and keeps what it measured', async (t) => {
  const m = await machine(t);
  const disk = m.disk('usb');
  m.mounts.mount(disk, `${m.folder}/mnt`);
  mkdirSync(`${m.folder}/mnt/tmp`);
  await m.look();
  const before = readdirSync(`${m.folder}/mnt`);
  const { result } = await m.client.call('action:volumes.speed_test', { volume: 'usb', bytes: 6 * 2 ** 20 });
  const job = await m.completed(result.job);
  assert.deepEqual(readdirSync(`${m.folder}/mnt`), before);
  const { speed } = await m.client.call('query:volumes.info', { volume: 'usb' });
  assert.deepEqual(job.result, speed);
  assert.ok(speed && speed.write_mb_s > 0 && speed.read_mb_s > 0 && speed.bytes === 6 * 2 ** 20);
});

test('a speed test that does not fit, or that is not allowed to write, is refused', async (t) => {
  const m = await machine(t);
  const [full, readOnly] = [m.disk('full'), m.disk('archive', { readOnly: true })];
  m.mounts.mount(full, `${m.folder}/mnt/full`);
  m.mounts.mount(readOnly, `${m.folder}/mnt/archive`);
  await m.look();
  const { space } = m.mounts.files;
  m.mounts.files.space = async (path) => ({ ...(await space(path)), free: 3 * 2 ** 20 });
  const bytes = 2 ** 21;
  await assert.rejects(m.client.call('action:volumes.speed_test', { volume: 'full', bytes }), { code: 'DISK_FULL' });
  await assert.rejects(m.client.call('action:volumes.speed_test', { volume: 'archive' }), { code: 'NOT_WRITABLE' });
});

test('what a speed test left that was cut off is removed at the next look, and only that', async (t) => {
  const m = await machine(t);
  const disk = m.disk('usb');
  const place = `${m.folder}/mnt`;
  m.mounts.mount(disk, place);
  await m.look();
  const ours = (): string[] => readdirSync(place).filter((name) => name.startsWith('.sd-'));
  const { removeMarked } = m.mounts.files;
  const cutOff = async (): Promise<void> => {
    m.mounts.files.removeMarked = () => Promise.reject(new SdError('IO', 'the power went'));
    const { result } = await m.client.call('action:volumes.speed_test', { volume: 'usb', bytes: 2 ** 20 });
    await assert.rejects(m.completed(result.job), /the power went/);
    m.mounts.files.removeMarked = removeMarked;
    assert.equal(ours().length, 1);
  };
  await cutOff();
  await m.look();
  assert.deepEqual(ours(), []);

  await cutOff();
  writeFileSync(`${place}/${ours()[0]}`, 'written by somebody else since');
  await m.look();
  assert.equal(ours().length, 1, 'what does not carry our mark is not ours');
});

test('a disk that is changed for another while it is scanned loses nothing', async (t) => {
  const m = await machine(t);
  const [first, second] = [m.disk('first'), m.disk('second', { superblock: 10 })];
  for (let folder = 0; folder < 40; folder++) mkdirSync(`${first.home}/photos/${folder}`);
  const place = `${m.folder}/mnt`;
  m.mounts.mount(first, place);
  const { location } = await m.index(place);
  const before = (await found(m, 'photos')).map(({ id }) => id);
  // Between the look before the walk and the one after it.
  let looks = 0;
  m.mounts.looked = () => {
    if (++looks !== 2) return;
    // Once the answer is given.
    setImmediate(() => {
      m.mounts.unmount(first);
      m.mounts.mount(second, place);
    });
  };
  const { result } = await m.client.call('action:locations.rescan', { location: location.id, full: true });
  assert.equal(await errorOf(m, result.job.id), 'OFFLINE');
  m.mounts.unmount(second);
  m.mounts.mount(first, place);
  await m.look();
  assert.equal(((await m.rescan(location.id, { full: true })).result as { removed: number }).removed, 0);
  assert.deepEqual(
    (await found(m, 'photos')).map(({ id }) => id),
    before,
  );
});

test('whatever is mounted, unmounted and swapped, no entry is lost, and all is there again in the end', async (t) => {
  const m = await machine(t);
  const disks = ['a', 'b', 'c'].map((name) => m.disk(name, { superblock: 7 }));
  // The third is a clone of the first.
  const clone = disks[2];
  if (clone) Object.assign(clone.mount, { fileSystemId: 'id-a', superblock: 8 });
  const places = ['x', 'y', 'z'].map((name) => `${m.folder}/${name}`);
  const ids: string[] = [];
  for (const [at, disk] of disks.slice(0, 2).entries()) {
    m.mounts.mount(disk, places[at] ?? '');
    ids.push((await m.index(`${places[at]}/photos`)).location.id);
    m.mounts.unmount(disk);
  }
  await m.look();
  const entries = (await found(m, 'jpg')).map(({ id }) => id);
  assert.equal(entries.length, 4);

  const step = fc.record({ disk: fc.nat(2), place: fc.nat(2), look: fc.boolean(), rescan: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      for (const { disk: which, place, look, rescan } of steps) {
        const [disk, path] = [disks[which], places[place]];
        if (!disk || path === undefined) throw new Error('no such disk or place');
        if (disk.mountedAt !== undefined) m.mounts.unmount(disk);
        else if (disks.every(({ mountedAt }) => mountedAt !== path)) m.mounts.mount(disk, path);
        if (look) await m.look();
        if (rescan) {
          const id = ids[which % 2] ?? '';
          const tried = await m.client.call('action:locations.rescan', { location: id }).catch(() => undefined);
          if (tried) {
            await errorOf(m, tried.result.job.id);
            await m.client.call('action:jobs.cancel', { id: tried.result.job.id }).catch(() => {});
          }
        }
        assert.deepEqual(
          (await found(m, 'jpg')).map(({ id }) => id),
          entries,
        );
      }
      for (const disk of disks) m.mounts.unmount(disk);
      await m.look();
      for (const id of ids) assert.equal((await m.location(id)).state, 'offline');
      for (const [at, disk] of disks.slice(0, 2).entries()) m.mounts.mount(disk, places[(at + 1) % 3] ?? '');
      await m.look();
      for (const id of ids) assert.equal((await m.location(id)).state, 'online');
      assert.deepEqual(
        (await found(m, 'jpg')).map(({ id }) => id),
        entries,
      );
      for (const disk of disks) m.mounts.unmount(disk);
    }),
    { numRuns: 4 },
  );
});

test('which of two clones is the volume is remembered over a restart', async (t) => {
  const folder = temporaryFolder(t, 'sd-volumes-');
  const dataFolder = `${folder}/data`;
  mkdirSync(dataFolder);
  const m = await machine(t, { folder, dataFolder });
  const [disk, clone] = [m.disk('usb'), m.disk('clone', { fileSystemId: 'id-usb' })];
  m.mounts.mount(disk, `${m.folder}/b`);
  const { location } = await m.index(`${m.folder}/b`);
  await m.close();
  // Mounted first, and by the shorter way to the first place.
  m.mounts.unmount(disk);
  m.mounts.mount(clone, `${m.folder}/a`);
  m.mounts.mount(disk, `${m.folder}/b`);
  const again = await machine(t, { folder, dataFolder, mounts: m.mounts });
  const { native_path, state } = await again.location(location.id);
  assert.deepEqual([native_path, state], [`${m.folder}/b`, 'online']);
});

test('where it takes long to ask what is mounted, a core starts meanwhile, and has its locations soon after', async (t) => {
  const folder = temporaryFolder(t, 'sd-volumes-');
  const mounts = new FakeMounts(nodeMounts.files);
  let answer = (): void => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const list = mounts.list.bind(mounts);
  // As the program that is asked would: keeps the process going.
  const program = new MessageChannel().port1;
  program.ref();
  t.after(() => program.close());
  mounts.list = async () => (await asked, list());
  const m = await machine(t, { folder, mounts });
  assert.deepEqual((await m.client.call('query:volumes.list', {})).volumes, []);
  answer();
  await m.look();
  assert.deepEqual(
    (await m.client.call('query:volumes.list', {})).volumes.map(({ name }) => name),
    ['System'],
  );
});
