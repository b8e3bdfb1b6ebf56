import { z } from 'zod';
import { indexedFolder } from '../../browsing/indexed-folder.ts';
import type { Device } from '../../domain/device.ts';
import { ENTRY_TYPES, entryViewSchema } from '../../domain/entry.ts';
import { fold } from '../../domain/fold.ts';
import { KINDS, KIND_CODES } from '../../domain/kinds.ts';
import { locationSelector } from '../../domain/location.ts';
import { isWithin, showNative } from '../../domain/native-path.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { SdError } from '../../errors.ts';
import { findLocation, pathOfLocation } from '../../locations/find.ts';
import { query } from '../../operation.ts';
import type { ReadConnection } from '../../platform.ts';
import type { EntryFilter } from '../../search/finding/filter.ts';
import { SORTS } from '../../search/finding/order.ts';
import { parseText } from '../../search/finding/search-text.ts';
import { hitViews } from '../../search/hit-views.ts';
import { type SearchPlace, search } from '../../search/search.ts';

const inputSchema = z
  .object({
    text: z
      .string()
      .max(1000)
      .optional()
      .describe('words that must all be in the name, in any order; any characters, case and accents aside'),
    kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).optional(),
    types: z.array(z.enum(ENTRY_TYPES)).min(1).max(ENTRY_TYPES.length).optional(),
    extensions: z
      .array(
        z
          .string()
          .regex(/^\.?[^./][^/]*$/, 'an extension, like pdf or tar.gz')
          .max(100),
      )
      .min(1)
      .max(100)
      .optional(),
    min_size: z.int().min(0).optional().describe('bytes; of files, folders have none of their own'),
    max_size: z.int().min(0).optional(),
    modified_after: z.int().optional().describe('milliseconds since the epoch, that one included'),
    modified_before: z.int().optional().describe('milliseconds since the epoch, that one not included'),
    location: locationSelector.optional().describe('only what lies in this location'),
    within: z.string().min(1).max(32_768).optional().describe('only what lies below this folder'),
    hidden: z.boolean().default(true).describe('also names that begin with a dot, and what lies below such folders'),
    sort: z
      .enum(SORTS)
      .default('relevance')
      .describe('relevance: whole names, beginnings, beginnings of words, anywhere'),
    order: z.enum(['asc', 'desc']).optional().describe('by default names ascend, sizes and times descend'),
    ...pageInput,
    limit: pageInput.limit.default(50),
  })
  .refine(({ sort, order }) => sort !== 'relevance' || order === undefined, {
    path: ['order'],
    error: 'relevance has only one order; name a sort',
  });
type Input = z.output<typeof inputSchema>;

const cursorSchema = z.tuple([
  z.literal([0, 1]),
  z.int(),
  z.int(),
  z.int(),
  z.union([z.string(), z.number()]),
  z.int(),
]);

export const searchFiles = query({
  summary: 'Files and folders by name, kind, size and time, over all locations.',
  name: 'search.files',
  scope: 'library',
  thread: 'reader',
  input: inputSchema,
  output: z.object({
    entries: z.array(entryViewSchema),
    total: z.object({ count: z.int(), more: z.boolean().describe('there are more than that') }),
    next_cursor: z.string().optional(),
    text_index: z
      .enum(['ready', 'building'])
      .describe('while it is built a search finds the same, more slowly, and ranks less'),
  }),
  errors: ['NOT_FOUND', 'CURSOR_STALE'],
  permissions: ['library.read'],
  run({ library, device, files, checkCancelled }, input) {
    const { limit, cursor, ...asked } = input;
    const fingerprint = fingerprintOf([library.id, asked]);
    const found = search(
      { db: library.db, names: library.names, check: checkCancelled },
      {
        text: parseText(input.text ?? ''),
        filter: filterOf(input, library.db, device),
        order: {
          sort: input.sort,
          descending:
            (input.order ?? (input.sort === 'name' ? 'asc' : 'desc')) === 'desc' && input.sort !== 'relevance',
        },
        limit,
        after: cursor === undefined ? undefined : placeOfCursor(cursor, fingerprint),
      },
    );
    return {
      entries: hitViews(found.hits, { db: library.db, files, device }),
      total: found.total,
      ...(found.next ? { next_cursor: cursorOfPlace(found.next, fingerprint) } : {}),
      text_index: found.indexReady ? ('ready' as const) : ('building' as const),
    };
  },
});

function filterOf(input: Input, db: ReadConnection, device: Device): EntryFilter {
  const toMicroseconds = (time: number | undefined): number | undefined =>
    time === undefined ? undefined : time * 1000;
  return {
    kinds: input.kinds?.map((kind) => KIND_CODES[kind]),
    types: input.types?.map((type) => ENTRY_TYPES.indexOf(type)),
    extensions: input.extensions?.map((extension) => fold(extension.replace(/^\./, ''))),
    minSize: input.min_size,
    maxSize: input.max_size,
    modifiedFrom: toMicroseconds(input.modified_after),
    modifiedBefore: toMicroseconds(input.modified_before),
    hidden: input.hidden,
    below: scopeOf(input, db, device),
  };
}

/** The entry below which to look. Throws `NOT_FOUND`. */
function scopeOf({ location: wanted, within }: Input, db: ReadConnection, device: Device): number | undefined {
  const location = wanted === undefined ? undefined : findLocation(db, wanted, device.slug);
  if (within === undefined) return location?.root_entry_id;
  const folder = indexedFolder(within, db, device);
  if (location && !isWithin(folder.path, pathOfLocation(location))) {
    throw new SdError('NOT_FOUND', `${showNative(folder.path)} is not in the location "${location.name}"`, {
      way_out: 'leave one of the two out',
    });
  }
  return folder.id;
}

function placeOfCursor(cursor: string, fingerprint: string): SearchPlace {
  const values = decodeCursor(cursor, fingerprint, cursorSchema);
  if (!values)
    throw new SdError('CURSOR_STALE', 'the cursor is of another search', { way_out: 'start from the first page' });
  const [more, exact, prefix, wordStart, key, id] = values;
  return { more: more === 1, bounds: [exact, prefix, wordStart], key, id };
}

function cursorOfPlace({ more, bounds, key, id }: SearchPlace, fingerprint: string): string {
  return encodeCursor(fingerprint, [more ? 1 : 0, ...bounds, key, id]);
}
