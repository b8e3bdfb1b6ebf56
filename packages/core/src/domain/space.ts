import { z } from 'zod';
import { uuidSchema } from './ids.ts';
import { tagColorSchema } from './tag.ts';
import { tidyText } from './tidy-text.ts';

const nameSchema = z
  .string()
  .max(1000)
  .transform((text) => tidyText(text, 1000).replace(/\s+/g, ' '))
  .pipe(z.string().min(1).max(200));

export const spaceNameSchema = nameSchema;
export const spaceFields = { color: tagColorSchema, icon: z.string().min(1).max(100) };

/**
 * Groups of `devices`, `locations`, `volumes`, `tags` and `collections` show all there are, by themselves; those of
 * `quick_access` and `custom` show the items that people put there.
 */
export const SPACE_GROUP_KINDS = [
  'quick_access',
  'devices',
  'locations',
  'volumes',
  'tags',
  'collections',
  'custom',
] as const;
export type SpaceGroupKind = (typeof SPACE_GROUP_KINDS)[number];

/** Whether people put items into groups of this kind. */
export function holdsItems(kind: string): boolean {
  return kind === 'quick_access' || kind === 'custom';
}

export const SPACE_ITEM_KINDS = [
  'overview',
  'recents',
  'favorites',
  'location',
  'volume',
  'device',
  'tag',
  'collection',
  'path',
  'query',
] as const;
export type SpaceItemKind = (typeof SPACE_ITEM_KINDS)[number];

/** Kinds that need no target. */
const ALONE: ReadonlySet<SpaceItemKind> = new Set(['overview', 'recents', 'favorites']);
export function needsTarget(kind: SpaceItemKind): boolean {
  return !ALONE.has(kind);
}

/** How an input names a space. */
export const spaceSelector = z
  .string()
  .min(1)
  .max(400)
  .describe('a space, by name (case and accents aside) or id; by default the first');

/** Where something comes to among its like; ids. */
export const amongSchema = z
  .union([z.enum(['start', 'end']), z.strictObject({ before: uuidSchema }), z.strictObject({ after: uuidSchema })])
  .describe('start, end, {"before": id} or {"after": id}');
export type Among = z.output<typeof amongSchema>;

export const spaceSchema = z.object({
  id: uuidSchema.optional().describe('absent of the one that is shown while nobody has made any'),
  name: z.string(),
  color: z.string().optional(),
  icon: z.string().optional(),
});
export type SpaceView = z.infer<typeof spaceSchema>;

const spaceItemSchema = z.object({
  id: uuidSchema.optional().describe('absent where nobody put it there'),
  kind: z.enum(SPACE_ITEM_KINDS),
  name: z.string().describe('of what it leads to, now; of what has gone, as it was'),
  target: z.string().optional().describe('an id, an address or a query, by its kind'),
  state: z.enum(['here', 'offline', 'gone']),
  color: z.string().optional(),
  icon: z.string().optional(),
});
export type SpaceItemView = z.infer<typeof spaceItemSchema>;

const spaceGroupSchema = z.object({
  id: uuidSchema.optional(),
  kind: z.enum(SPACE_GROUP_KINDS),
  name: z.string(),
  collapsed: z.boolean(),
  items: z.array(spaceItemSchema),
});
export type SpaceGroupView = z.infer<typeof spaceGroupSchema>;

export const spaceLayoutSchema = spaceSchema.extend({
  items: z.array(spaceItemSchema).describe('above all groups'),
  groups: z.array(spaceGroupSchema),
});
export type SpaceLayout = z.infer<typeof spaceLayoutSchema>;

/** What a space holds that nobody has arranged yet. */
export const DEFAULT_SPACE_NAME = 'Home';
export const DEFAULT_SPACE: readonly {
  readonly kind: SpaceGroupKind;
  readonly name: string;
  readonly items: readonly SpaceItemKind[];
}[] = [
  { kind: 'quick_access', name: 'Quick access', items: ['overview', 'recents', 'favorites'] },
  { kind: 'devices', name: 'Devices', items: [] },
  { kind: 'locations', name: 'Locations', items: [] },
  { kind: 'volumes', name: 'Volumes', items: [] },
  { kind: 'collections', name: 'Collections', items: [] },
  { kind: 'tags', name: 'Tags', items: [] },
];

const NAMES: Partial<Record<string, string>> = { overview: 'Overview', recents: 'Recents', favorites: 'Favorites' };
/** What an item is called whose kind says it all. */
export function nameOfAlone(kind: string): string {
  return NAMES[kind] ?? kind;
}
