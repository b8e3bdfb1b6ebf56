import { z } from 'zod';
import { uuidSchema } from './ids.ts';

/**
 * `shallow`: names, sizes and times. `content`: also what each file *is*, by its content identity. `deep`: also what is
 * in it: media facts, thumbnails, text.
 */
export const LOCATION_MODES = ['shallow', 'content', 'deep'] as const;
export type LocationMode = (typeof LOCATION_MODES)[number];

/** Whether files of a location in this mode get a content identity. */
export function identifies(mode: LocationMode): boolean {
  return mode !== 'shallow';
}

const globSchema = z.string().min(1).max(1000);

/** What a location leaves out. `true` leaves the set out, but for `cross_mounts`. */
export const locationRulesSchema = z.object({
  hidden: z.boolean().describe('names that begin with a dot'),
  system: z.boolean().describe('what the operating system keeps for itself: recycle bins, indexes, thumbnails'),
  caches: z.boolean().describe('what programs can make again'),
  dev_folders: z
    .boolean()
    .describe('version control, downloaded dependencies and build results, where a project file beside them says so'),
  gitignore: z.boolean().describe('what .gitignore files name, from the location down'),
  exclude: z
    .array(globSchema)
    .max(1000)
    .describe(
      'globs of what to leave out; without a slash they match names at any depth, with one the path from the location on',
    ),
  include: z.array(globSchema).max(1000).describe('globs of what to keep whatever the other rules say'),
  cross_mounts: z.boolean().describe('walk into other file systems mounted below'),
});
export type LocationRules = z.infer<typeof locationRulesSchema>;

/** On by default is only what nobody would look for. */
export const DEFAULT_RULES: LocationRules = {
  hidden: false,
  system: true,
  caches: true,
  dev_folders: true,
  gitignore: false,
  exclude: [],
  include: [],
  cross_mounts: false,
};

/** What a caller may give: any part of the rules; the rest stays as it was (or is the default). */
export const partialRulesSchema = locationRulesSchema.partial().strict();

export function withRules(
  changes: z.infer<typeof partialRulesSchema>,
  base: LocationRules = DEFAULT_RULES,
): LocationRules {
  return locationRulesSchema.parse({
    ...base,
    ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
  });
}

const LOCATION_STATES = ['online', 'offline', 'indexing', 'unreadable', 'needs_attention'] as const;

/**
 * The brake: a scan or a storm of events would remove so much of the location's index that it stopped to ask. The user
 * says `accept` (it is gone: remove it) or looks at the disk.
 */
export const locationAttentionSchema = z.object({
  reason: z.literal('would_remove'),
  would_remove: z.int().describe('entries of the index that are not on the disk any more'),
  of: z.int().describe('entries of the location'),
  since: z.int(),
  folders: z
    .array(z.object({ path: z.string().describe('for people'), entries: z.int() }))
    .optional()
    .describe('the folders that would lose most'),
});
export type LocationAttention = z.infer<typeof locationAttentionSchema>;

/** The loss that the user saw and said yes to; `since` tells it from another. */
export const acceptedLossSchema = locationAttentionSchema.pick({ would_remove: true, since: true });
export type AcceptedLoss = z.infer<typeof acceptedLossSchema>;

/** How changes of a location come to be known. */
const locationWatchSchema = z.object({
  state: z
    .enum(['live', 'partial', 'polling', 'starting', 'off'])
    .describe('partial: some folders are watched and the others polled'),
  folders: z.int().describe('folders that need a watch'),
  watched: z.int(),
  poll_ms: z.int().optional().describe('how often what is not watched is looked at'),
  reason: z.string().optional().describe('why not all of it is live, and what to do'),
});
export type LocationWatch = z.infer<typeof locationWatchSchema>;

/** A location as clients see it. */
export const locationViewSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  path: z.string().describe('its address, exact'),
  native_path: z.string().describe('its path, for people'),
  mode: z.enum(LOCATION_MODES),
  state: z.enum(LOCATION_STATES),
  rules: locationRulesSchema,
  device: uuidSchema,
  created_at: z.int(),
  indexed_at: z.int().optional().describe('end of the last whole scan; absent before the first'),
  totals: z.object({ bytes: z.int(), files: z.int(), folders: z.int() }),
  left_out: z.object({ entries: z.int() }),
  problems: z.object({ unreadable: z.int(), vanished: z.int(), other: z.int() }),
  root_entry: z.int(),
  volume: z.object({ id: uuidSchema, name: z.string() }).optional(),
  attention: locationAttentionSchema.optional(),
  watch: locationWatchSchema.optional(),
});
export type LocationView = z.infer<typeof locationViewSchema>;

/** How an input names a location. */
export const locationSelector = z.string().min(1).max(32_768).describe('a location, by id, name or path');

/**
 * Whether what stands at a location's root is only the mount point of a disk that is away: another folder than was
 * scanned, on another file system. It is all that can be told where the volume is not known.
 */
export function isUnmounted(
  scanned: { readonly root_device: number | null; readonly root_inode: number | null },
  found: { readonly device: number; readonly inode: number },
): boolean {
  return scanned.root_device !== null && scanned.root_device !== found.device && scanned.root_inode !== found.inode;
}
