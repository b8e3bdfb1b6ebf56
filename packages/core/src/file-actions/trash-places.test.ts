import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FOLDER } from '../domain/entry.ts';
import { NO_INODE } from '../domain/same-inode.ts';
import { SdError } from '../errors.ts';
import { TrashPlaces } from './trash-places.ts';

const CAN = '/disk/.Trash-0/files';
const ITEM = { path: '/disk/pictures/a.jpg', place: `${CAN}/a.jpg`, inode: 5, device: 8, folderInode: 3 };
const PICTURES = { path: '/disk/pictures', root_device: 8, root_inode: 2, volume_away: 0, volume_name: 'Backup' };

type There = Readonly<Record<string, readonly [inode: number, device: number] | 'IO'>>;

/** What is found where these paths are on the disk, and these locations known. */
function found(there: There, locations: readonly object[] = [PICTURES], item = ITEM) {
  const facts = (path: string) => {
    const is = there[path];
    if (is === 'IO') throw new SdError('IO', 'pulled out');
    return is && { type: FOLDER, inode: is[0], device: is[1] };
  };
  return new TrashPlaces({ prepare: () => ({ all: () => locations }) } as never, { facts } as never).of(item);
}

const DISK: There = { '/': [1, 1], '/disk': [2, 8], '/disk/pictures': [2, 8] };

test('on a disk that is there, it is in the trash or it is gone', () => {
  assert.deepEqual(found({ ...DISK, [CAN]: [3, 8], [ITEM.place]: [5, 8] }), { state: 'there' });
  assert.deepEqual(found({ ...DISK, [CAN]: [3, 8] }), { state: 'gone' }, 'emptied');
  assert.deepEqual(found({ ...DISK, [CAN]: [3, 8], [ITEM.place]: [6, 8] }), { state: 'gone' }, 'another of its name');
  assert.deepEqual(found(DISK), { state: 'gone' }, 'the trash itself was taken away');
  assert.deepEqual(found({ ...DISK, [CAN]: [9, 8] }), { state: 'gone' }, 'and made again');
  assert.deepEqual(found(DISK, []), { state: 'gone' }, 'of no location');
  const remounted: There = { '/': [1, 1], '/disk': [2, 20], '/disk/pictures': [2, 20] };
  assert.deepEqual(found(remounted), { state: 'gone' }, 'the disk has another number now');
});

test('where files do not keep their numbers, it is there while its name is', () => {
  const item = { ...ITEM, inode: NO_INODE };
  assert.deepEqual(found({ ...DISK, [CAN]: [3, 8], [ITEM.place]: [6, 8] }, [PICTURES], item), { state: 'there' });
  assert.deepEqual(found({ ...DISK, [CAN]: [4, 8] }, [PICTURES], item), { state: 'gone' });
});

test('on a disk that is away, it is offline, by the name of its volume', () => {
  const away = { state: 'offline', volume: 'Backup' };
  const mountPoint: There = { '/': [1, 1], '/disk': [77, 1] };
  assert.deepEqual(found(mountPoint), away);
  assert.deepEqual(found({ ...mountPoint, [CAN]: 'IO', [ITEM.place]: 'IO' }), away);
  const another: There = { ...DISK, [CAN]: [3, 8] };
  assert.deepEqual(found(another, [{ ...PICTURES, volume_away: 1 }]), away, 'another disk in its place');
  assert.deepEqual(found(mountPoint, []), { state: 'offline', volume: undefined });
});
