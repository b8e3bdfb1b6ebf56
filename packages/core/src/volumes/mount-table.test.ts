import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FileFacts } from '../ports/files.ts';
import type { Mount } from '../ports/mounts.ts';
import { fakeMount } from '../testing/fake-mounts.ts';
import { MountTable } from './mount-table.ts';
import { type Memory, volumesOf } from './mounted-volume.ts';
import { type NotedPlace, placementOf } from './placement.ts';

const NOTHING: Memory = { holders: new Map(), paths: new Map() };
const ROOT = fakeMount({ path: '/', superblock: 1, fileSystemId: 'root', removable: false });

function tableOf(mounts: readonly Mount[], memory = NOTHING, ids: Readonly<Record<string, string>> = {}): MountTable {
  return new MountTable(
    mounts,
    volumesOf(mounts, ({ path }) => ids[path], memory),
  );
}

test('bind mounts and subvolumes are one volume; a path on it is the same by each of them', () => {
  const facts = { superblock: 2, fileSystemId: 'X' };
  const table = tableOf([
    ROOT,
    fakeMount({ path: '/home', root: '/@home', ...facts }),
    fakeMount({ path: '/mnt/top', root: '/', ...facts }),
    fakeMount({ path: '/srv/ada', root: '/@home/ada', ...facts }),
  ]);
  assert.equal(table.volumes.length, 2);
  const place = { fingerprint: 'uuid:x', volumePath: '/@home/ada/photos' };
  for (const path of ['/home/ada/photos', '/mnt/top/@home/ada/photos', '/srv/ada/photos'])
    assert.deepEqual(table.placeOf(path), place);
  const volume = table.withFingerprint('uuid:x');
  assert.deepEqual(volume && table.pathsOf(volume, place.volumePath), [
    '/mnt/top/@home/ada/photos',
    '/home/ada/photos',
    '/srv/ada/photos',
  ]);
  assert.deepEqual(volume && table.pathsOf(volume, '/@log'), ['/mnt/top/@log']);
});

test('what is mounted below covers that part of a volume', () => {
  const table = tableOf([ROOT, fakeMount({ path: '/mnt/usb', superblock: 2, fileSystemId: 'usb' })]);
  const root = table.withFingerprint('uuid:root');
  assert.deepEqual(root && table.pathsOf(root, '/mnt/usb/photos'), []);
  assert.deepEqual(root && table.pathsOf(root, '/mnt/other'), ['/mnt/other']);
  assert.equal(table.placeOf('/mnt/usb/photos')?.fingerprint, 'uuid:usb');
  assert.equal(table.placeOf('/mnt/usbx')?.fingerprint, 'uuid:root', 'a name that only begins alike');
});

test('a container’s file system covers paths, and is no volume', () => {
  const table = tableOf([ROOT, fakeMount({ path: '/box', virtual: true, fileSystem: 'overlay', superblock: 3 })]);
  assert.equal(table.placeOf('/box/photos'), undefined);
  assert.equal(table.volumes.length, 1);
});

test('of clones, the one that was the volume stays it; then the one seen there; then the first mounted', () => {
  const clones = [
    fakeMount({ path: '/a', superblock: 5, fileSystemId: 'same' }),
    fakeMount({ path: '/b', superblock: 6, fileSystemId: 'same' }),
  ];
  const pathOf = (memory: Partial<Memory>): string | undefined =>
    tableOf(clones, { ...NOTHING, ...memory }).withFingerprint('uuid:same')?.mounts[0].path;
  const paths = new Map([['uuid:same', ['/b']]]);
  assert.equal(pathOf({}), '/a');
  assert.equal(pathOf({ paths }), '/b');
  assert.equal(pathOf({ paths, holders: new Map([['uuid:same', 5]]) }), '/a');
  const { volumes } = tableOf(clones);
  assert.deepEqual(
    volumes.map(({ fingerprint, cloneOf }) => [fingerprint, cloneOf]),
    [
      ['uuid:same', undefined],
      [undefined, 'uuid:same'],
    ],
  );
});

test('a volume known by our file is the folder the file lies in', () => {
  const mount = fakeMount({ path: '/data', root: '/srv/photos', superblock: 9 });
  assert.deepEqual(tableOf([ROOT, mount], NOTHING, { '/data': 'abc' }).placeOf('/data/2024'), {
    fingerprint: 'id:abc',
    volumePath: '/2024',
  });
  assert.equal(tableOf([ROOT, mount]).placeOf('/data/2024'), undefined);
});

test('a volume that a library knows by its id keeps it when its UUID can be read; else the UUID counts', () => {
  const mount = fakeMount({ path: '/data', superblock: 9, fileSystemId: 'later' });
  const known = (...fingerprints: string[]): string | undefined =>
    tableOf([mount], { ...NOTHING, paths: new Map(fingerprints.map((one) => [one, []])) }, { '/data': 'abc' })
      .volumes[0]?.fingerprint;
  assert.equal(known('id:abc'), 'id:abc');
  assert.equal(known('id:abc', 'uuid:later'), 'uuid:later');
  assert.equal(known('id:other'), 'uuid:later');
});

const FOLDER_FACTS: FileFacts = { type: 1, size: 0, mtime: 0, inode: 2, device: 17, links: 1 };
const ON_USB: NotedPlace = {
  path: '/mnt/usb',
  volume: { fingerprint: 'uuid:usb', path: '/', source: '/dev/sdb1' },
  root_device: 17,
  root_inode: 2,
};
const there = async (): Promise<FileFacts> => FOLDER_FACTS;

test('another volume in the place of the right one is not it, though device and inode are the same', async () => {
  const other = fakeMount({ path: '/mnt/usb', superblock: 17, fileSystemId: 'other', source: '/dev/sdb1' });
  assert.deepEqual(await placementOf(ON_USB, tableOf([ROOT, other]), there), { at: 'away' });
  assert.deepEqual(await placementOf(ON_USB, tableOf([ROOT]), there), { at: 'away' });
});

test('a folder that is gone from its volume is not away with it: it is there as soon as it is back', async () => {
  const gone = async (): Promise<undefined> => undefined;
  const usb = (path: string) => fakeMount({ path, superblock: 17, fileSystemId: 'usb', source: '/dev/sdb1' });
  assert.deepEqual(await placementOf(ON_USB, tableOf([ROOT, usb('/mnt/usb')]), gone), { at: 'unknown' });
  assert.deepEqual(await placementOf(ON_USB, tableOf([ROOT, usb('/mnt/other')]), gone), { at: 'away' });
});

test('a fixed disk that does not tell its UUID is judged by its folder; a removable one is away', async () => {
  const mute = (removable: boolean) =>
    tableOf([ROOT, fakeMount({ path: '/mnt/usb', superblock: 17, source: '/dev/sdb1', removable })]);
  assert.deepEqual(await placementOf(ON_USB, mute(false), there), { at: 'unknown' });
  assert.deepEqual(await placementOf(ON_USB, mute(true), there), { at: 'away' });
  const another = async (): Promise<FileFacts> => ({ ...FOLDER_FACTS, inode: 3 });
  assert.deepEqual(await placementOf(ON_USB, mute(false), another), { at: 'away' });
});

test('a disk that does not answer says nothing', async () => {
  const usb = fakeMount({ path: '/mnt/usb', superblock: 17, fileSystemId: 'usb' });
  const silent = (): Promise<undefined> => Promise.reject(new Error('no answer'));
  await assert.rejects(placementOf(ON_USB, tableOf([ROOT, usb]), silent), /no answer/);
});

test('wherever a volume is mounted, a path on it leads there and back', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const path = fc.array(name, { maxLength: 3 }).map((names) => `/${names.join('/')}`);
  fc.assert(
    fc.property(fc.array(fc.record({ at: path, root: path }), { maxLength: 5 }), path, (binds, wanted) => {
      const facts = { superblock: 2, fileSystemId: 'x' };
      const mounts = binds.map(({ at, root }) => fakeMount({ path: `/m${at === '/' ? '' : at}`, root, ...facts }));
      const table = tableOf([ROOT, ...mounts]);
      const volume = table.withFingerprint('uuid:x');
      if (!volume) return;
      for (const native of table.pathsOf(volume, wanted))
        assert.deepEqual(table.placeOf(native), { fingerprint: 'uuid:x', volumePath: wanted });
    }),
  );
});
