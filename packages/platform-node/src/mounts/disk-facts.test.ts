import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { linuxMounts } from './linux.ts';
import { factsIn } from './superblock.ts';

/** /proc, /sys, /dev and /run of a machine: files by path, and links where the content begins with `-> `. */
function machine(t: TestContext, files: Readonly<Record<string, string>>): string {
  const top = mkdtempSync(join(tmpdir(), 'sd-machine-'));
  t.after(() => rmSync(top, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(top + path), { recursive: true });
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), top + path);
    else writeFileSync(top + path, content);
  }
  return top;
}

async function factsOf(top: string) {
  return (await linuxMounts(top).list()).map(({ path, fileSystemId, label, removable, medium }) => [
    path,
    fileSystemId,
    label,
    removable,
    medium,
  ]);
}

test('an encrypted disk is told by the file system in it, and by the disk below', async (t) => {
  const nvme = '/sys/devices/pci0000/nvme/nvme0/nvme0n1';
  const top = machine(t, {
    '/proc/self/mountinfo': '28 1 0:27 /@ / rw - btrfs /dev/mapper/luks-1 rw\n',
    '/dev/mapper/luks-1': '-> ../dm-0',
    '/dev/dm-0': '',
    '/dev/disk/by-uuid/11111111-aaaa': '-> ../../nvme0n1p2',
    '/dev/disk/by-uuid/22222222-bbbb': '-> ../../dm-0',
    '/dev/disk/by-label/My\\x20\\xc3\\xa4ther': '-> ../../dm-0',
    '/sys/class/block/dm-0': '-> ../../devices/virtual/block/dm-0',
    '/sys/devices/virtual/block/dm-0/slaves/nvme0n1p2/x': '',
    '/sys/class/block/nvme0n1p2': '-> ../../devices/pci0000/nvme/nvme0/nvme0n1/nvme0n1p2',
    [`${nvme}/nvme0n1p2/partition`]: '2\n',
    [`${nvme}/removable`]: '0\n',
    [`${nvme}/queue/rotational`]: '0\n',
  });
  assert.deepEqual(await factsOf(top), [['/', '22222222-bbbb', 'My äther', false, 'ssd']]);
});

test('a disk on USB is removable though it does not say so, and udev knows it before its links are there', async (t) => {
  const disk = '/sys/devices/pci0000/usb2/2-1/block/sdb';
  const top = machine(t, {
    '/proc/self/mountinfo': '28 1 8:17 / /mnt rw - ext4 /dev/sdb1 rw\n',
    '/sys/dev/block/8:17': '-> ../../devices/pci0000/usb2/2-1/block/sdb/sdb1',
    '/sys/class/block/sdb1': '-> ../../devices/pci0000/usb2/2-1/block/sdb/sdb1',
    [`${disk}/sdb1/partition`]: '1\n',
    [`${disk}/sdb1/dev`]: '8:17\n',
    [`${disk}/removable`]: '0\n',
    [`${disk}/queue/rotational`]: '1\n',
    '/run/udev/data/b8:17': 'S:disk/by-uuid/x\nE:ID_FS_UUID=33333333-cccc\nE:ID_FS_LABEL_ENC=Big\\x20disk\n',
  });
  assert.deepEqual(await factsOf(top), [['/mnt', '33333333-cccc', 'Big disk', true, 'hdd']]);
});

test('a share and a file system in memory have no disk', async (t) => {
  const top = machine(t, {
    '/proc/self/mountinfo': `28 1 0:50 / /nas rw - nfs4 nas:/x rw\n29 1 0:51 / /ram rw - tmpfs tmpfs rw\n`,
  });
  assert.deepEqual(await factsOf(top), [
    ['/nas', undefined, undefined, undefined, undefined],
    ['/ram', undefined, undefined, undefined, 'memory'],
  ]);
});

test('superblocks tell what udev would', () => {
  const disk = (parts: readonly (readonly [at: number, bytes: readonly number[] | string])[]): Uint8Array => {
    const bytes = new Uint8Array(0x11000);
    for (const [at, part] of parts) bytes.set(typeof part === 'string' ? Buffer.from(part) : part, at);
    return bytes;
  };
  const id = Array.from({ length: 16 }, (_, at) => at + 0xa0);
  const text = 'a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf';
  const ext = disk([
    [0x438, [0x53, 0xef]],
    [0x468, id],
    [0x478, 'photos'],
  ]);
  assert.deepEqual(factsIn(ext), { id: text, label: 'photos' });
  const btrfs = disk([
    [0x10040, '_BHRfS_M'],
    [0x10020, id],
  ]);
  assert.deepEqual(factsIn(btrfs), { id: text });
  const fat = disk([
    [82, 'FAT32   '],
    [67, [0xef, 0xbe, 0xad, 0xde]],
    [71, 'NO NAME    '],
  ]);
  assert.deepEqual(factsIn(fat), { id: 'DEAD-BEEF' });
  const ntfs = disk([
    [3, 'NTFS    '],
    [0x48, [8, 7, 6, 5, 4, 3, 2, 1]],
  ]);
  assert.deepEqual(factsIn(ntfs), { id: '0102030405060708' });
  assert.deepEqual(factsIn(disk([])), {});
  assert.deepEqual(factsIn(ext.subarray(0, 0x440)), {});
});
