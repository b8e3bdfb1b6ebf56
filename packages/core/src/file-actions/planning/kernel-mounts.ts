import { showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import type { PlannerMount } from '../protocol.ts';
import type { Disk } from './disk.ts';

/** What the kernel shows as files, which are none: they cannot be kept, and some act on the system when they are written. */
const INTERFACES = new Set(
  (
    'autofs binder binderfs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fuse.lxcfs fusectl ' +
    'lxcfs mqueue nfsd nsfs proc pstore resctrl rpc_pipefs securityfs selinuxfs smackfs sysfs tracefs xenfs'
  ).split(' '),
);

/** `virtual` alone does not tell: file systems in memory, and the layers of a container, hold files as well. */
function isInterface({ virtual, fileSystem }: Pick<PlannerMount, 'virtual' | 'fileSystem'>): boolean {
  return virtual && INTERFACES.has(fileSystem);
}

/** Throws `UNAVAILABLE` where a path lies on a file system that holds no files. */
export function refuseInterface(path: string, disk: Pick<Disk, 'mountOf'>): void {
  const mount = disk.mountOf(path);
  if (!mount || !isInterface(mount)) return;
  throw new SdError(
    'UNAVAILABLE',
    `${showNative(path)} lies on ${mount.fileSystem}, which the system shows of itself: it holds no files`,
    { way_out: 'name files and folders on a disk' },
  );
}
