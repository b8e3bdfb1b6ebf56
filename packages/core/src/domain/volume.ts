import { z } from 'zod';
import { uuidSchema } from './ids.ts';
import { basenameOf, rootOf } from './native-path.ts';

/**
 * The file of ours that names a volume nothing else names. It is written at the volume's root when the user tracks the
 * volume, and never otherwise.
 */
export const VOLUME_ID_FILE = '.sd-volume-id';

/** What is asked of a mount to tell volumes apart; as `Mount` of the ports has it. */
interface Source {
  readonly source: string;
  readonly fileSystem: string;
  readonly network: boolean;
  readonly fileSystemId?: string | undefined;
}

/**
 * What a volume is known by wherever it is mounted: the UUID of its file system, of a share where it comes from, else
 * the id in our own file. `undefined`: nothing tells it from another one.
 */
export function fingerprintOf(mount: Source, idInFile?: string): string | undefined {
  if (mount.fileSystemId) return `uuid:${mount.fileSystemId.toLowerCase()}`;
  const share = mount.network ? shareOf(mount) : undefined;
  if (share !== undefined) return `share:${share}`;
  return idInFile === undefined ? undefined : `id:${idInFile}`;
}

const SHARE_FAMILIES: readonly [RegExp, string][] = [
  [/^nfs\d?$/, 'nfs'],
  [/^(cifs|smb.*)$/, 'smb'],
];

/** `undefined` where the source is no address: a drive letter of the host, or the name of a program. */
function shareOf({ source, fileSystem }: Source): string | undefined {
  if (/^[a-z]:[\\/]*$/i.test(source) || !/[:/]/.test(source)) return undefined;
  const bare = fileSystem.replace(/^fuse\./, '');
  const family = SHARE_FAMILIES.find(([pattern]) => pattern.test(bare))?.[1] ?? bare;
  const trimmed = source.length > 1 ? source.replace(/\/+$/, '') : source;
  // Hosts have no case, and neither have the names of Windows' shares; paths on other machines do.
  const address =
    family === 'smb' ? trimmed.toLowerCase() : trimmed.replace(/^[^/:]+(?=:)/, (host) => host.toLowerCase());
  return `${family}:${address}`;
}

const VOLUME_KINDS = ['system', 'disk', 'removable', 'network', 'optical', 'memory'] as const;
export type VolumeKind = (typeof VOLUME_KINDS)[number];
const VOLUME_MEDIA = ['ssd', 'hdd', 'optical', 'memory'] as const;

/** What was last seen of a volume, as it is kept in its row. */
export const volumeFactsSchema = z.object({
  kind: z.enum(VOLUME_KINDS),
  file_system: z.string(),
  source: z.string(),
  label: z.string().optional(),
  medium: z.enum(VOLUME_MEDIA).optional(),
  read_only: z.boolean(),
  removable: z.boolean(),
  network: z.boolean(),
  copy_on_write: z.boolean(),
  capacity: z.int().optional(),
  /** The user gave it its name; else it follows the label. */
  named: z.literal(true).optional(),
  speed: z
    .object({
      write_mb_s: z.number(),
      read_mb_s: z.number(),
      read_direct: z.boolean(),
      bytes: z.int(),
      at: z.int(),
    })
    .optional(),
  /** Name at its root of the file a speed test has, or had when it was cut off. */
  test_file: z.string().optional(),
});
export type VolumeFacts = z.infer<typeof volumeFactsSchema>;

/** A volume as clients see it. Sizes in bytes, times in milliseconds since the epoch. */
export const volumeViewSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  kind: z.enum(VOLUME_KINDS),
  file_system: z.string().describe('the system’s word: ext4, apfs, nfs4, …'),
  source: z.string().describe('the device or share it is'),
  label: z.string().optional(),
  medium: z.enum(VOLUME_MEDIA).optional(),
  capacity: z.int().optional(),
  free: z.int().optional().describe('asked of the disk just now; absent while it is away or does not answer'),
  read_only: z.boolean(),
  removable: z.boolean(),
  network: z.boolean(),
  copy_on_write: z.boolean(),
  mounted: z.boolean(),
  mount_path: z.string().optional().describe('for people; the first of them where it is mounted more than once'),
  mount_paths: z.array(z.string()),
  tracked: z.boolean().describe('under the care of the library'),
  fingerprint: z.string().optional().describe('absent where nothing tells it from another: tracking it gives it an id'),
  clone_of: uuidSchema.optional().describe('another mounted volume has the same UUID; locations are on that one'),
  locations: z.array(z.object({ id: uuidSchema, name: z.string() })),
  speed: volumeFactsSchema.shape.speed.describe('what the last speed test measured, in megabytes (10⁶) a second'),
  last_seen_at: z.int().optional(),
});
export type VolumeView = z.infer<typeof volumeViewSchema>;

/** How an input names a volume. */
export const volumeSelector = z.string().min(1).max(32_768).describe('a volume, by id, name or mount path');

/** What a volume is called until its user calls it something. */
export function defaultVolumeName({
  label,
  path,
  source,
}: {
  label?: string | undefined;
  path: string;
  source: string;
}): string {
  if (label) return label;
  if (path !== rootOf(path)) return basenameOf(path);
  return path === '/' ? 'System' : source;
}
