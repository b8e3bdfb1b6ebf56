import type { NameLimits } from '@sd/core/ports/user-files.ts';

/** What a kind of file system is known for; the rest is looked up. */
export type KindLimits = Partial<
  Pick<NameLimits, 'nameLength' | 'encoding' | 'lacks' | 'fileSize' | 'forbidden' | 'caseSensitive' | 'changesInodes'>
>;

const CONTROLS = String.fromCharCode(...Array.from({ length: 31 }, (_, at) => at + 1));
const NOT_ON_WINDOWS = `${CONTROLS}"*:<>?\\|`;

const FAT: KindLimits = {
  nameLength: 255,
  encoding: 'utf16',
  caseSensitive: false,
  changesInodes: true,
  lacks: ['permissions', 'attributes', 'symlinks', 'hard_links'],
  forbidden: NOT_ON_WINDOWS,
};
const FAT_32: KindLimits = { ...FAT, fileSize: 2 ** 32 - 1 };
const UTF16: KindLimits = { nameLength: 255, encoding: 'utf16' };

const KINDS: Readonly<Record<string, KindLimits>> = {
  vfat: FAT_32,
  msdos: { ...FAT_32, nameLength: 12 },
  exfat: FAT,
  'fuse.exfat': FAT,
  ntfs: UTF16,
  ntfs3: UTF16,
  // ntfs-3g, and exFAT of old: both are of 16-bit names.
  fuseblk: { ...UTF16, lacks: ['permissions'] },
  hfs: { ...UTF16, caseSensitive: false },
  hfsplus: UTF16,
  cifs: UTF16,
  smb3: UTF16,
};

/** By the system's word for it, and its mount options. */
export function kindOf(fileSystem: string, options: readonly string[]): KindLimits {
  const listed = KINDS[fileSystem.toLowerCase()] ?? {};
  // A driver in user space, or a client of a server that tells none, numbers files as it meets them.
  const numbersThem = fileSystem.startsWith('fuse') || options.includes('noserverino');
  const known = numbersThem ? { ...listed, changesInodes: true } : listed;
  const { lacks: _, ...kept } = known;
  // What drivers in user space check themselves, they also keep.
  const kind = fileSystem === 'fuseblk' && options.includes('default_permissions') ? kept : known;
  // Only then it refuses what Windows could not open.
  return options.includes('windows_names') ? { ...kind, forbidden: NOT_ON_WINDOWS } : kind;
}
