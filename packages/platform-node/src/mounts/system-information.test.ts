import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mount } from '@sd/core/ports/mounts.ts';
import { type SystemAnswers, macMounts, windowsMounts } from './system-information.ts';

type Size = SystemAnswers['sizes'][number];
type Device = SystemAnswers['devices'][number];

const size = (facts: Partial<Size>): Size => ({
  fs: '',
  type: '',
  size: 1e12,
  used: 5e11,
  available: 5e11,
  use: 50,
  mount: '',
  rw: true,
  ...facts,
});
const device = (facts: Partial<Device>): Device => ({
  name: '',
  identifier: '',
  type: 'part',
  fsType: '',
  mount: '',
  size: 1e12,
  physical: 'SSD',
  uuid: '',
  label: '',
  model: '',
  serial: '',
  removable: false,
  protocol: '',
  ...facts,
});

function brief(mounts: readonly Mount[]): string[] {
  return mounts
    .filter(({ virtual }) => !virtual)
    .map(({ path, fileSystem, fileSystemId, label, removable, network, medium, readOnly, copyOnWrite }) =>
      [
        path,
        fileSystem,
        fileSystemId,
        label,
        removable && 'removable',
        network && 'network',
        medium,
        readOnly && 'ro',
        copyOnWrite && 'cow',
      ]
        .filter(Boolean)
        .join(' '),
    );
}

test('macOS: the data beside the sealed system is the disk at /, and its helpers are none', () => {
  const sizes = [
    size({ fs: '/dev/disk3s1s1', type: 'APFS', mount: '/', rw: false }),
    size({ fs: 'devfs', type: 'devfs', mount: '/dev' }),
    size({ fs: '/dev/disk3s6', type: 'APFS', mount: '/System/Volumes/VM' }),
    size({ fs: '/dev/disk3s5', type: 'APFS', mount: '/System/Volumes/Data' }),
    size({ fs: 'map auto_home', type: 'autofs', mount: '/System/Volumes/Data/home' }),
    size({ fs: '/dev/disk4s1', type: 'msdos', mount: '/Volumes/NO NAME' }),
    size({ fs: '//ada@nas._smb._tcp.local/Public', type: 'smbfs', mount: '/Volumes/Public', rw: null }),
  ];
  const devices = [
    device({ name: '/dev/disk3s1s1', fsType: 'APFS', mount: '/', uuid: 'SYSTEM', label: 'Macintosh HD' }),
    device({ name: '/dev/disk3s5', fsType: 'APFS', uuid: 'DATA-1', label: 'Data', protocol: 'Apple Fabric' }),
    device({
      name: '/dev/disk4s1',
      fsType: 'MS-DOS FAT32',
      uuid: '5B2E-1',
      label: 'NO NAME',
      physical: 'HDD',
      protocol: 'USB',
    }),
  ];
  assert.deepEqual(brief(macMounts({ sizes, devices })), [
    '/ apfs data-1 Data ssd cow',
    '/Volumes/NO NAME vfat 5b2e-1 NO NAME removable hdd',
    '/Volumes/Public smbfs network',
  ]);
});

test('Windows: drives by letter, a stick, a share, an empty card reader', () => {
  const sizes = [
    size({ fs: 'C:', type: 'NTFS', mount: 'C:' }),
    size({ fs: 'E:', type: 'FAT32', mount: 'E:', rw: false }),
  ];
  const devices = [
    device({ name: 'C:', mount: 'C:', fsType: 'ntfs', physical: 'Local', uuid: 'A01B2C3D', label: 'Windows' }),
    device({ name: 'E:', mount: 'E:', fsType: 'fat32', physical: 'Removable', uuid: '1234ABCD', removable: true }),
    device({ name: 'Z:', mount: 'Z:', fsType: 'ntfs', physical: 'Network', uuid: '0F0F0F0F', label: 'Media' }),
    device({ name: 'F:', mount: 'F:', fsType: '', physical: 'Removable', removable: true }),
  ];
  assert.deepEqual(brief(windowsMounts({ sizes, devices })), [
    'C:/ ntfs a01b2c3d Windows',
    'E:/ vfat 1234abcd removable ro',
    'Z:/ ntfs 0f0f0f0f Media network',
  ]);
});
