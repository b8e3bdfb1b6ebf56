import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** What a file system may be without. */
export type Lack =
  | 'permissions'
  | 'attributes'
  | 'symlinks'
  | 'hard_links'
  | 'case'
  | 'any_name'
  | 'holes'
  | 'fine_times'
  | 'fractions_before_1970'
  | 'known_limits';

interface DiskKind {
  /** Makes it in a file, whose path is the last argument; absent: it lives in memory. */
  readonly make?: readonly [program: string, ...options: string[]];
  readonly type: string;
  readonly options: string;
  readonly lacks: readonly Lack[];
}

const FAT_LACKS = [
  'permissions',
  'attributes',
  'symlinks',
  'hard_links',
  'case',
  'any_name',
  'holes',
  'fine_times',
] as const;

/** Real file systems, by the names that tests have for them. */
export const DISKS = {
  tmpfs: { type: 'tmpfs', options: 'size=256m', lacks: [] },
  ext4: { make: ['mkfs.ext4'], type: 'ext4', options: 'loop', lacks: [] },
  btrfs: { make: ['mkfs.btrfs'], type: 'btrfs', options: 'loop', lacks: [] },
  xfs: { make: ['mkfs.xfs'], type: 'xfs', options: 'loop', lacks: [] },
  vfat: { make: ['mkfs.vfat'], type: 'vfat', options: 'loop,utf8', lacks: FAT_LACKS },
  // In user space: files have another inode number once the system has forgotten them.
  exfat: { make: ['mkfs.exfat'], type: 'exfat-fuse', options: 'loop', lacks: [...FAT_LACKS, 'known_limits'] },
  ntfs: {
    make: ['mkfs.ntfs', '-F', '-f'],
    type: 'ntfs-3g',
    options: 'loop',
    lacks: ['permissions', 'any_name', 'holes', 'fractions_before_1970'],
  },
} as const satisfies Readonly<Record<string, DiskKind>>;
export type Disk = keyof typeof DISKS;

/**
 * A file system of 320 MiB at a path that nothing is at; what unmounts it, or `undefined` where it cannot be mounted.
 * With `again` the one that was mounted there before.
 */
export function mountDisk(disk: Disk, at: string, again?: 'again'): (() => void) | undefined {
  if (process.platform !== 'linux') return undefined;
  const { make, type, options }: DiskKind = DISKS[disk];
  const run = (program: string, ...rest: string[]): void => void execFileSync(program, rest, { stdio: 'ignore' });
  try {
    if (!again) mkdirSync(at);
    if (make && !again) {
      const [program, ...more] = make;
      run('truncate', '-s', '320M', `${at}.img`);
      run(program, ...more, `${at}.img`);
    }
    run('mount', '-t', type, '-o', options, make ? `${at}.img` : 'none', at);
  } catch {
    return undefined;
  }
  return () => run('umount', at);
}
