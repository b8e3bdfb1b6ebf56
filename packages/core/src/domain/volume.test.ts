import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultVolumeName, fingerprintOf } from './volume.ts';

const share = (fileSystem: string, source: string): string | undefined =>
  fingerprintOf({ fileSystem, source, network: true });

test('a file system is known by its UUID, whatever else there is', () => {
  const disk = { fileSystem: 'ext4', source: '/dev/sda1', network: false };
  assert.equal(fingerprintOf({ ...disk, fileSystemId: 'ABCD-12' }, 'own'), 'uuid:abcd-12');
  assert.equal(fingerprintOf(disk, 'own'), 'id:own');
  assert.equal(fingerprintOf(disk), undefined, 'the name of a device is another disk’s tomorrow');
});

test('a share is known by its address, however it is written and mounted', () => {
  assert.equal(share('nfs4', 'NAS.local:/Export/'), 'share:nfs:nas.local:/Export');
  assert.equal(share('nfs', 'nas.local:/Export'), share('nfs4', 'NAS.LOCAL:/Export'));
  assert.equal(share('cifs', '//NAS/Public'), share('smb3', '//nas/public/'));
  assert.equal(share('fuse.sshfs', 'ada@srv:/home'), 'share:sshfs:ada@srv:/home');
  assert.notEqual(share('nfs', 'nas:/a'), share('nfs', 'nas:/A'));
});

test('a drive letter of the host, or the name of a program, is no address', () => {
  for (const source of ['C:\\', 'D:', 's3fs', '']) assert.equal(share('9p', source), undefined);
});

test('a volume is called by its label, else by where it is mounted', () => {
  assert.equal(defaultVolumeName({ label: 'Backup', path: '/mnt/x', source: '/dev/sda' }), 'Backup');
  assert.equal(defaultVolumeName({ path: '/mnt/x', source: '/dev/sda' }), 'x');
  assert.equal(defaultVolumeName({ path: '/', source: '/dev/sda' }), 'System');
  assert.equal(defaultVolumeName({ path: 'C:/', source: 'C:' }), 'C:');
});
