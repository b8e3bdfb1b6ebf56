import type { MountLine } from './mountinfo.ts';

/** File systems of the kernel's own, layers of containers and images of programs: none holds a person's files. */
const VIRTUAL = new Set(
  (
    'autofs aufs binderfs binfmt_misc bpf cgroup cgroup2 composefs configfs cramfs debugfs devfs devpts devtmpfs efivarfs ' +
    'erofs fuse.fuse-overlayfs fuse.gvfsd-fuse fuse.lxcfs fuse.portal fuse.snapfuse fuse.squashfuse fusectl hugetlbfs ' +
    'lxcfs mqueue nfsd none nsfs overlay proc pstore ramfs resctrl rootfs rpc_pipefs securityfs selinuxfs smackfs ' +
    'squashfs sysfs tracefs xenfs'
  ).split(' '),
);

/** Where systems, package managers and containers mount what is theirs. */
const SYSTEM_FOLDERS = (
  '/boot /dev /efi /etc /gnu/store /nix/store /proc /snap /sys /usr /var/cache /var/db /var/log /var/run /var/snap ' +
  '/var/spool /var/tmp /var/lib/containerd /var/lib/containers /var/lib/docker /var/lib/flatpak /var/lib/kubelet ' +
  '/var/lib/lxc /var/lib/lxcfs /var/lib/lxd /var/lib/nfs /var/lib/os-prober /var/lib/snapd'
).split(' ');
/** Of /run, a person's are the removable disks, and what programs of the session mount. */
const OF_PEOPLE_IN_RUN = /^\/run\/(media\/|mount\/|user\/\d+\/(?!doc(\/|$)|gvfs(\/|$)))/;
const CONTAINER_FOLDERS = /\/(containers\/storage|docker\/(overlay2|containers|volumes)|\.local\/share\/docker)\//;

export function isVirtual({ fileSystem, path, root }: Pick<MountLine, 'fileSystem' | 'path' | 'root'>): boolean {
  if (VIRTUAL.has(fileSystem) || /^fuse\..*appimage/i.test(fileSystem)) return true;
  if (path === '/tmp' || path.startsWith('/tmp/.mount_')) return true;
  if (within(path, '/run')) return fileSystem === 'tmpfs' || !OF_PEOPLE_IN_RUN.test(`${path}/`);
  // What a container engine binds into its containers, seen from inside: the kernel tells the path outside.
  if (CONTAINER_FOLDERS.test(`${path}/`) || (CONTAINER_FOLDERS.test(root) && !root.includes('/volumes/'))) return true;
  return SYSTEM_FOLDERS.some((folder) => within(path, folder));
}

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** File systems of other machines, or of the one this machine is a guest of: changes there make no events here. */
const NETWORK = new Set(
  (
    '9p acfs afs beegfs ceph cifs coda davfs drvfs fuse.beegfs fuse.ceph-fuse fuse.cephfs fuse.curlftpfs fuse.davfs fuse.gcsfuse ' +
    'fuse.glusterfs fuse.goofys fuse.rclone fuse.s3fs fuse.seaweedfs fuse.smbnetfs fuse.sshfs fuse.vmhgfs-fuse ' +
    'fuse.webdavfs glusterfs lustre moosefs ncpfs nfs nfs4 ocfs2 orangefs prl_fs smb smb2 smb3 smbfs vboxsf virtiofs ' +
    'vmhgfs webdav'
  ).split(' '),
);
const COPY_ON_WRITE = new Set(['apfs', 'bcachefs', 'btrfs', 'nilfs2', 'refs', 'zfs']);

export function isNetwork(fileSystem: string): boolean {
  return NETWORK.has(fileSystem.toLowerCase());
}

export function isCopyOnWrite(fileSystem: string): boolean {
  return COPY_ON_WRITE.has(fileSystem.toLowerCase());
}
