import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isVirtual } from './classify.ts';
import { mountsOf } from './linux.ts';
import { parseMountinfo } from './mountinfo.ts';

const NO_DISKS = { of: () => ({}) };

/** Path and what it is, of those that a person would call disks and shares. */
function shown(table: string): string[] {
  return mountsOf(Buffer.from(table), NO_DISKS)
    .filter(({ virtual }) => !virtual)
    .map(({ path, fileSystem, root, source, network, copyOnWrite, readOnly }) =>
      [
        path,
        fileSystem,
        root === '/' ? '' : root,
        source,
        network ? 'network' : '',
        copyOnWrite ? 'cow' : '',
        readOnly ? 'ro' : '',
      ]
        .filter(Boolean)
        .join(' '),
    );
}

const KERNEL = `22 28 0:21 / /sys rw,nosuid shared:7 - sysfs sysfs rw
23 28 0:22 / /proc rw,nosuid shared:12 - proc proc rw
24 28 0:5 / /dev rw,nosuid shared:2 - devtmpfs udev rw,size=8000000k
25 24 0:23 / /dev/pts rw,nosuid shared:3 - devpts devpts rw,gid=5
26 28 0:24 / /run rw,nosuid shared:5 - tmpfs tmpfs rw,size=1600000k
30 22 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw
31 22 0:6 / /sys/kernel/security rw shared:8 - securityfs securityfs rw
32 23 0:29 / /proc/sys/fs/binfmt_misc rw shared:13 - autofs systemd-1 rw,fd=29
33 26 0:40 / /run/user/1000 rw shared:400 - tmpfs tmpfs rw,uid=1000
34 33 0:41 / /run/user/1000/gvfs rw shared:420 - fuse.gvfsd-fuse gvfsd-fuse rw
35 33 0:42 / /run/user/1000/doc rw shared:430 - fuse.portal portal rw
`;

test('a desktop with ext4, an EFI partition, snaps, flatpak and a stick', () => {
  const table = `${KERNEL}28 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
40 28 259:1 / /boot/efi rw,relatime shared:30 - vfat /dev/nvme0n1p1 rw,fmask=0077
41 28 7:0 / /snap/core22/1380 ro,nodev shared:31 - squashfs /dev/loop0 ro
42 28 0:50 / /var/lib/flatpak/x ro shared:32 - fuse.revokefs-fuse revokefs-fuse rw
43 28 8:1 / /media/ada/NO\\040NAME rw,nosuid shared:60 - vfat /dev/sda1 rw,uid=1000
44 26 8:17 / /run/media/ada/Backup rw shared:61 - fuseblk /dev/sdb1 rw,user_id=0,blksize=4096
45 28 0:60 / /tmp/.mount_ObsidiAbc ro shared:62 - fuse.Obsidian.AppImage Obsidian.AppImage ro
46 28 0:61 / /tmp rw shared:63 - tmpfs tmpfs rw
`;
  assert.deepEqual(shown(table), [
    '/ ext4 /dev/nvme0n1p2',
    '/media/ada/NO NAME vfat /dev/sda1',
    '/run/media/ada/Backup fuseblk /dev/sdb1',
  ]);
});

test('btrfs with subvolumes, on an encrypted disk', () => {
  const table = `28 1 0:27 /@ / rw,noatime shared:1 - btrfs /dev/mapper/luks-6d1f rw,compress=zstd,subvolid=256,subvol=/@
50 28 0:27 /@home /home rw,noatime shared:40 - btrfs /dev/mapper/luks-6d1f rw,subvolid=257,subvol=/@home
51 28 0:27 /@snapshots /.snapshots rw shared:41 - btrfs /dev/mapper/luks-6d1f rw,subvol=/@snapshots
52 28 0:27 /@log /var/log rw shared:42 - btrfs /dev/mapper/luks-6d1f rw,subvol=/@log
`;
  assert.deepEqual(shown(table), [
    '/ btrfs /@ /dev/mapper/luks-6d1f cow',
    '/home btrfs /@home /dev/mapper/luks-6d1f cow',
    '/.snapshots btrfs /@snapshots /dev/mapper/luks-6d1f cow',
  ]);
  assert.equal(new Set(mountsOf(Buffer.from(table), NO_DISKS).map(({ superblock }) => superblock)).size, 1);
});

test('a NAS: zfs, NFS and SMB shares, autofs, mergerfs, and containers', () => {
  const table = `28 1 8:2 / / rw shared:1 - xfs /dev/sda2 rw
60 28 0:70 / /tank rw shared:50 - zfs tank rw,xattr
61 60 0:71 / /tank/photos ro shared:51 - zfs tank/photos ro,xattr
62 28 0:72 / /mnt/auto rw shared:52 - autofs /etc/auto.nas rw,fd=7
63 62 0:73 / /mnt/auto/media rw shared:53 - nfs4 nas.local:/export/media rw,vers=4.2
64 28 0:74 / /mnt/smb rw shared:54 - cifs //NAS/Public rw,vers=3.1.1
65 28 0:75 / /mnt/pool rw shared:55 - fuse.mergerfs a:b rw
66 28 0:76 / /var/lib/docker/overlay2/ab/merged rw shared:56 - overlay overlay rw,lowerdir=/x
67 28 8:2 /var/lib/docker/volumes/db/_data /var/lib/docker/volumes/db/_data rw shared:57 - xfs /dev/sda2 rw
68 28 0:77 / /var/lib/containers/storage/overlay/cd/merged rw shared:58 - overlay overlay rw
69 28 0:78 / /run/netns/podman rw shared:59 - nsfs nsfs rw
70 28 0:79 / /home/ada/.local/share/containers/storage/overlay/x/merged rw - overlay overlay rw
`;
  assert.deepEqual(shown(table), [
    '/ xfs /dev/sda2',
    '/tank zfs tank cow',
    '/tank/photos zfs tank/photos cow ro',
    '/mnt/auto/media nfs4 nas.local:/export/media network',
    '/mnt/smb cifs //NAS/Public network',
    '/mnt/pool fuse.mergerfs a:b',
  ]);
});

test('programs that mount: sshfs, rclone, ntfs-3g, a loop image, an archive of one’s own', () => {
  const table = `28 1 8:2 / / rw shared:1 - ext4 /dev/sda2 rw
70 28 0:80 / /home/ada/server rw shared:60 - fuse.sshfs ada@server:/srv rw,user_id=1000
71 28 0:81 / /home/ada/drive rw shared:61 - fuse.rclone gdrive:Photos rw
72 28 8:18 / /mnt/windows rw shared:62 - fuseblk /dev/sdb2 rw
73 28 7:3 / /mnt/image rw shared:63 - ext4 /dev/loop3 rw
74 28 11:0 / /media/ada/CD ro shared:64 - iso9660 /dev/sr0 ro
75 28 0:82 / /mnt/ram rw shared:65 - tmpfs tmpfs rw
76 28 8:2 /srv/photos /mnt/photos rw shared:1 - ext4 /dev/sda2 rw
77 28 0:83 / /home/ada/vault rw shared:66 - fuse.gocryptfs /home/ada/vault.enc rw
`;
  assert.deepEqual(shown(table).slice(1), [
    '/home/ada/server fuse.sshfs ada@server:/srv network',
    '/home/ada/drive fuse.rclone gdrive:Photos network',
    '/mnt/windows fuseblk /dev/sdb2',
    '/mnt/image ext4 /dev/loop3',
    '/media/ada/CD iso9660 /dev/sr0 ro',
    '/mnt/ram tmpfs tmpfs',
    '/mnt/photos ext4 /srv/photos /dev/sda2',
    '/home/ada/vault fuse.gocryptfs /home/ada/vault.enc',
  ]);
});

test('a guest of Windows, and one of ChromeOS', () => {
  const wsl = `70 1 8:32 / / rw,relatime - ext4 /dev/sdc rw,discard
71 70 0:30 / /usr/lib/wsl/drivers ro - 9p drivers ro,aname=drivers
72 70 0:31 / /mnt/c rw,noatime - 9p C:\\134 rw,aname=drvfs;path=C:\\;uid=1000
73 70 0:32 / /mnt/wslg rw - tmpfs none rw
`;
  assert.deepEqual(shown(wsl), ['/ ext4 /dev/sdc', '/mnt/c 9p C:\\ network', '/mnt/wslg tmpfs none']);
  const chrome = `70 1 0:30 /lxd/containers/penguin/rootfs / rw - btrfs /dev/vdb rw,subvol=/lxd/containers/penguin/rootfs
71 70 0:31 / /mnt/chromeos/MyFiles rw - 9p media rw,trans=fd
72 70 0:32 / /dev/lxd rw - tmpfs tmpfs rw
`;
  assert.deepEqual(shown(chrome), [
    '/ btrfs /lxd/containers/penguin/rootfs /dev/vdb cow',
    '/mnt/chromeos/MyFiles 9p media network',
  ]);
});

test('inside a container: its own root is none of its user’s disks, what is bound into it is', () => {
  const table = `90 1 0:90 / / rw - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A
91 90 8:2 /var/lib/docker/containers/f00/hosts /etc/hosts rw - ext4 /dev/sda2 rw
92 90 8:2 /srv/photos /data rw - ext4 /dev/sda2 rw
93 90 8:2 /var/lib/docker/volumes/sd/_data /config rw - ext4 /dev/sda2 rw
`;
  assert.deepEqual(shown(table), [
    '/data ext4 /srv/photos /dev/sda2',
    '/config ext4 /var/lib/docker/volumes/sd/_data /dev/sda2',
  ]);
});

test('blanks, line ends and backslashes in paths, and bytes that are no text', () => {
  const line = Buffer.concat([
    Buffer.from('40 28 8:1 / /mnt/a\\040b\\011c\\012d\\134e\\043'),
    Buffer.from([0xff, 0xe9]),
    Buffer.from(' rw shared:1 master:2 propagate_from:3 - ext4 /dev/disk\\040one rw\n'),
  ]);
  const [mount] = parseMountinfo(line);
  assert.equal(mount?.path, '/mnt/a b\tc\nd\\e#\udcff\udce9');
  assert.equal(mount?.source, '/dev/disk one');
});

test('what another mount covers is not listed', () => {
  const table = `28 1 8:2 / / rw - ext4 /dev/sda2 rw
40 28 8:17 / /mnt/a rw - ext4 /dev/sdb1 rw
41 40 8:33 / /mnt/a rw - ext4 /dev/sdc1 rw
42 28 8:49 / /mnt/b/inner rw - ext4 /dev/sdd1 rw
43 28 8:65 / /mnt/b rw - ext4 /dev/sde1 rw
44 43 8:81 / /mnt/b/inner rw - ext4 /dev/sdf1 rw
`;
  assert.deepEqual(
    parseMountinfo(Buffer.from(table)).map(({ source }) => source),
    ['/dev/sda2', '/dev/sdc1', '/dev/sde1', '/dev/sdf1'],
  );
});

test('lines of another form are left out, and an empty table is none', () => {
  assert.deepEqual(parseMountinfo(Buffer.from('')), []);
  assert.deepEqual(parseMountinfo(Buffer.from('nonsense\n1 2 3\n40 28 8:1 / relative rw - ext4 x rw\n')), []);
});

test('a folder of the session that a person mounts in is theirs', () => {
  assert.equal(isVirtual({ fileSystem: 'fuse.sshfs', path: '/run/user/1000/server', root: '/' }), false);
  assert.equal(isVirtual({ fileSystem: 'fuse.portal', path: '/run/user/1000/doc', root: '/' }), true);
});
