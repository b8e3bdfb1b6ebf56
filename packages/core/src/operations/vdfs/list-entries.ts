import { z } from 'zod';
import { addressOf } from '../../browsing/address.ts';
import { type BrowsedFolder, openFolder } from '../../browsing/folder.ts';
import { notReadable } from '../../browsing/missing.ts';
import { type ListingRequest, diskStamp, orderedNames } from '../../browsing/ordered-names.ts';
import { withoutPrivate } from '../../browsing/private.ts';
import { around } from '../../browsing/surroundings.ts';
import { listingsOf } from '../../browsing/thread-memory.ts';
import type { ReaderContext } from '../../context.ts';
import { withMarks } from '../../db/library/entry-marks.ts';
import { writeState } from '../../db/library/write-state.ts';
import { entryViewSchema, viewAt, viewsIn } from '../../domain/entry.ts';
import {
  LISTING_SORTS,
  SORT_ORDERS,
  type OrderedNames,
  firstAfter,
  keyAt,
  listingKeySchema,
} from '../../domain/listing-order.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';

const inputSchema = z.object({
  path: z.string().min(1).max(32_768).describe('local://device/path or a plain absolute path'),
  sort: z.enum(LISTING_SORTS).default('name'),
  order: z.enum(SORT_ORDERS).default('asc'),
  folders_first: z.boolean().default(true),
  hidden: z.boolean().default(true).describe('also names that begin with a dot'),
  private: z
    .boolean()
    .default(false)
    .describe('also what people said to hide or gave a privacy tag, and what lies in such a folder'),
  ...pageInput,
});
type Input = z.output<typeof inputSchema>;

export const listEntries = query({
  summary: 'What is in a folder, indexed or not, as it is on the disk now.',
  name: 'vdfs.list_entries',
  scope: 'any',
  thread: 'reader',
  input: inputSchema,
  output: z.object({
    folder: entryViewSchema,
    entries: z.array(entryViewSchema),
    total: z.int(),
    private_left_out: z.int().optional().describe('how many are there beside the total, for who asks for them'),
    next_cursor: z.string().optional(),
    source: z.enum(['index', 'disk', 'both']).describe('where it is from; `index` where the disk is away'),
  }),
  errors: ['NOT_FOUND', 'NOT_A_FOLDER', 'NOT_READABLE', 'CURSOR_STALE', 'IO'],
  permissions: ['files.read'],
  run(context, input) {
    const path = folderPath(input.path, context);
    const folder = openFolder(path, around(context));
    const all = listed(path, folder, context, input);
    const names = shown(all, folder, context, input);
    const from = input.cursor === undefined ? 0 : startOf(input.cursor, names, input, path);
    const to = Math.min(from + input.limit, names.names.length);
    const entries = folder.source.entries(names.names.slice(from, to), names.names.length);

    const place = {
      device: context.device.slug,
      folder: path,
      location: folder.place?.location.id,
      offline: folder.from === 'index',
    };
    const views = entries.map(viewsIn(place));
    return {
      folder: viewAt(folder.facts, path, place),
      entries: context.library ? withMarks(context.library.db, views) : views,
      total: names.names.length,
      ...(names === all ? {} : { private_left_out: all.names.length - names.names.length }),
      ...(to < names.names.length
        ? { next_cursor: encodeCursor(fingerprint(input, path), keyAt(names, to - 1, input)) }
        : {}),
      source: folder.from,
    };
  },
});

function folderPath(text: string, { device }: ReaderContext): string {
  const address = addressOf(text, device);
  if (address.kind === 'local') return address.path;
  throw new SdError('NOT_A_FOLDER', 'a content is not a folder', {
    way_out: 'sd info lists the files that have it',
  });
}

function listed(path: string, folder: BrowsedFolder, context: ReaderContext<'any'>, input: Input): OrderedNames {
  const { sort, order, folders_first, hidden, cursor } = input;
  const request: ListingRequest = {
    source: folder.source,
    key: fingerprint(input, `${context.library?.id} ${folder.from} ${path}`),
    order: { sort, order, folders_first },
    hidden,
    stamp: folder.disk ? diskStamp(folder.disk, context.clock.now()) : revisionOf(context),
    continues: cursor !== undefined,
    now: context.clock.monotonic(),
  };
  try {
    return orderedNames(listingsOf(context.files), request);
  } catch (error) {
    throw error instanceof SdError && error.code === 'NOT_READABLE' ? notReadable(path, error) : error;
  }
}

/** Without what is shown only when asked for. What the index does not know, nobody has said anything of. */
function shown(
  all: OrderedNames,
  { facts }: BrowsedFolder,
  { library }: ReaderContext<'any'>,
  input: Input,
): OrderedNames {
  return input.private || !library || facts.id === undefined ? all : withoutPrivate(library.db, facts.id, all);
}

/** Nothing in the index has changed while the library's revision is the same. */
function revisionOf({ library }: ReaderContext<'any'>): string | undefined {
  return library && String(writeState(library.db).revision);
}

function startOf(cursor: string, names: OrderedNames, input: Input, path: string): number {
  const key = decodeCursor(cursor, fingerprint(input, path), listingKeySchema);
  if (!key)
    throw new SdError('CURSOR_STALE', 'the cursor is not of this listing', { way_out: 'start from the first page' });
  return firstAfter(names, key, input);
}

function fingerprint({ sort, order, folders_first, hidden }: Input, of: string): string {
  return fingerprintOf([of, sort, order, folders_first, hidden]);
}
