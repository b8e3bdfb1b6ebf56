import { z } from 'zod';
import { uuidSchema, uuidToText } from './ids.ts';
import { KINDS, extensionOf, kindOfCode } from './kinds.ts';
import { decodeNative, joinNative, showNative } from './native-path.ts';
import { localUri, percentEncode } from './sd-path.ts';
import { tagBadgeSchema } from './tag.ts';

/** By code at rest: 0, 1, 2, 3. `other` is a socket, a device or a pipe. */
export const ENTRY_TYPES = ['file', 'folder', 'symlink', 'other'] as const;
export const FILE = 0;
export const FOLDER = 1;
export const SYMLINK = 2;

/** A file or folder as clients see it. Sizes in bytes, times in milliseconds since the epoch. */
export const entryViewSchema = z.object({
  id: z.int().optional().describe('absent where the library does not know it'),
  uuid: uuidSchema.optional(),
  name: z.string().describe('for people: what is no text is escaped'),
  path: z.string().describe('its address, exact'),
  native_path: z.string().describe('its path, for people'),
  type: z.enum(ENTRY_TYPES),
  kind: z.enum(KINDS),
  extension: z.string().optional(),
  size: z.int(),
  modified: z.int(),
  hidden: z.boolean(),
  indexed: z.boolean(),
  content_id: uuidSchema.optional(),
  folder: z
    .object({
      bytes: z.int().describe('of all below, hard links once'),
      files: z.int().describe('of all below'),
      folders: z.int().describe('of all below'),
      children: z.int().describe('direct ones'),
    })
    .optional(),
  links: z.int().optional().describe('number of hard links, where more than one'),
  target: z.string().optional().describe('where a symbolic link points, for people'),
  location: uuidSchema.optional(),
  offline: z.literal(true).optional(),
  favorite: z.literal(true).optional(),
  rating: z.int().optional().describe('stars, 1 to 5'),
  tags: z.array(tagBadgeSchema).optional().describe('its own and its content’s, by name'),
});
export type EntryView = z.infer<typeof entryViewSchema>;

/** What the disk or the index knows of one entry; the time is in microseconds. Ids are bytes, or text as it is shown. */
export interface EntryFacts {
  /** Exact, as a native name. */
  readonly name: string;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  readonly mtime: number;
  readonly links?: number | undefined;
  readonly id?: number | undefined;
  readonly uuid?: Uint8Array | string | null | undefined;
  readonly contentUuid?: Uint8Array | string | null | undefined;
  readonly folder?: FolderSums | undefined;
  readonly target?: string | undefined;
}

/** What a folder sums up: bytes, files and folders all the way down, children directly in it. */
export interface FolderSums {
  readonly bytes: number;
  readonly files: number;
  readonly folders: number;
  readonly children: number;
}

/** Where entries shown together lie: what their views have in common. */
export interface EntryPlace {
  /** This device's slug. */
  readonly device: string;
  /** The folder's native path. */
  readonly folder: string;
  /** UUID of the location, where it is in one. */
  readonly location?: string | undefined;
  readonly offline?: boolean;
}

/** Names are TEXT at rest, or a BLOB of the exact bytes where they are not valid UTF-8. */
export function nameOfStored(stored: string | Uint8Array): string {
  return typeof stored === 'string' ? stored : decodeNative(stored);
}

/** Names that begin with a dot are hidden. */
export function isHidden(name: string): boolean {
  return name.charCodeAt(0) === 0x2e;
}

export function entryView(facts: EntryFacts, place: EntryPlace): EntryView {
  return viewsIn(place)(facts);
}

/** The views of many entries of one folder: what they share is made once. */
export function viewsIn(place: EntryPlace): (facts: EntryFacts) => EntryView {
  const folder = joinNative(place.folder, '');
  const uri = localUri(place.device, folder);
  const shown = showNative(folder);
  return (facts) => view(facts, uri + percentEncode(facts.name), shown + showNative(facts.name), place);
}

/** The view of an entry whose path is known: a location, or the root of a disk, whose name is not below anything. */
export function viewAt(facts: EntryFacts, path: string, place: Omit<EntryPlace, 'folder'>): EntryView {
  return view(facts, localUri(place.device, path), showNative(path), place);
}

/** One field after the other, as a thousand of these are made for one page. */
function view(facts: EntryFacts, path: string, nativePath: string, place: Omit<EntryPlace, 'folder'>): EntryView {
  const shown: EntryView = {
    name: showNative(facts.name),
    path,
    native_path: nativePath,
    type: ENTRY_TYPES[facts.type] ?? 'other',
    kind: kindOfCode(facts.kind),
    size: facts.size,
    modified: Math.floor(facts.mtime / 1000),
    hidden: isHidden(facts.name),
    indexed: facts.id !== undefined,
  };
  const extension = facts.type === FOLDER ? '' : extensionOf(facts.name);
  if (facts.id !== undefined) shown.id = facts.id;
  if (facts.uuid) shown.uuid = uuidText(facts.uuid);
  if (extension !== '') shown.extension = showNative(extension);
  if (facts.contentUuid) shown.content_id = uuidText(facts.contentUuid);
  if (facts.folder) shown.folder = facts.folder;
  if (facts.links !== undefined && facts.links > 1 && facts.type !== FOLDER) shown.links = facts.links;
  if (facts.target !== undefined) shown.target = showNative(facts.target);
  if (place.location !== undefined) shown.location = place.location;
  if (place.offline) shown.offline = true;
  return shown;
}

function uuidText(uuid: Uint8Array | string): string {
  return typeof uuid === 'string' ? uuid : uuidToText(uuid);
}
