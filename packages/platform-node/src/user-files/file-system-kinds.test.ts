import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOf } from './file-system-kinds.ts';

test('FAT keeps little, and its names are those of Windows', () => {
  const fat = kindOf('vfat', ['rw']);
  assert.deepEqual(fat.lacks, ['permissions', 'attributes', 'symlinks', 'hard_links']);
  assert.deepEqual([fat.nameLength, fat.encoding, fat.caseSensitive], [255, 'utf16', false]);
  assert.equal(fat.fileSize, 4_294_967_295);
  for (const character of ['"', '*', ':', '<', '>', '?', '\\', '|', '\n', '\u0001'])
    assert.ok(fat.forbidden?.includes(character), JSON.stringify(character));
  assert.ok(!fat.forbidden?.includes('é') && !fat.forbidden?.includes(' '));
  assert.equal(kindOf('exfat', ['rw']).fileSize, undefined);
});

test('NTFS takes what Windows does not, unless it is mounted to refuse it', () => {
  assert.equal(kindOf('ntfs3', ['rw']).forbidden, undefined);
  assert.ok(kindOf('ntfs3', ['rw', 'windows_names']).forbidden?.includes(':'));
  assert.deepEqual(kindOf('fuseblk', ['rw', 'allow_other']).lacks, ['permissions']);
  assert.equal(kindOf('fuseblk', ['rw', 'default_permissions']).lacks, undefined);
});

test('who makes up inode numbers as it goes does not keep them', () => {
  for (const kind of ['vfat', 'msdos', 'exfat', 'fuseblk', 'fuse.sshfs', 'fuse'])
    assert.equal(kindOf(kind, ['rw']).changesInodes, true, kind);
  assert.equal(kindOf('cifs', ['rw', 'noserverino']).changesInodes, true);
  for (const kind of ['ext4', 'btrfs', 'ntfs3', 'cifs', 'nfs4'])
    assert.equal(kindOf(kind, ['rw']).changesInodes, undefined, kind);
});

test('of others nothing is known beforehand', () => {
  assert.deepEqual(kindOf('ext4', ['rw']), {});
});
