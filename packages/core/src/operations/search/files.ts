import { z } from 'zod';
import { indexedFolder } from '../../browsing/indexed-folder.ts';
import type { Device } from '../../domain/device.ts';
import { ENTRY_TYPES, type EntryView, entryViewSchema } from '../../domain/entry.ts';
import { fold } from '../../domain/fold.ts';
import { KINDS, KIND_CODES } from '../../domain/kinds.ts';
import { locationSelector } from '../../domain/location.ts';
import { isWithin, showNative } from '../../domain/native-path.ts';
import { fingerprintOf, pageInput } from '../../domain/page.ts';
import { SdError } from '../../errors.ts';
import { findLocation, pathOfLocation } from '../../locations/find.ts';
import { query } from '../../operation.ts';
import type { ReadConnection } from '../../platform.ts';
import { type ContentsWorld, searchContents } from '../../search/contents/contents-search.ts';
import { parseContentsQuery } from '../../search/contents/contents-query.ts';
import { type EverywhereRequest, type EverywhereResult, searchEverywhere } from '../../search/contents/everywhere.ts';
import type { Snippet } from '../../search/contents/snippet.ts';
import { snippetsOf } from '../../search/contents/snippets.ts';
import type { EntryFilter } from '../../search/finding/filter.ts';
import { SORTS } from '../../search/finding/order.ts';
import { parseText } from '../../search/finding/search-text.ts';
import { hitViews } from '../../search/hit-views.ts';
import { search } from '../../search/search.ts';
import { cursorOfPlace, placeOfCursor } from '../../search/place-cursor.ts';

const inputSchema = z
  .object({
    in: z
      .enum(['names', 'contents', 'all'])
      .default('names')
      .describe('where the words are looked for: in names, in the text of documents, or in both'),
    text: z
      .string()
      .max(1000)
      .optional()
      .describe(
        'words that must all be in the name, or in the text, in any order; any characters, case and accents aside. In texts they are whole words, but for the last, which stands for its beginning; "in quotes" they follow one another',
      ),
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
      .describe('relevance: whole names, beginnings, beginnings of words, anywhere; then texts, by BM25'),
    order: z.enum(['asc', 'desc']).optional().describe('by default names ascend, sizes and times descend'),
    ...pageInput,
    limit: pageInput.limit.default(50),
  })
  .refine(({ sort, order }) => sort !== 'relevance' || order === undefined, {
    path: ['order'],
    error: 'relevance has only one order; name a sort',
  });
type Input = z.output<typeof inputSchema>;

const snippetSchema = z.object({
  segments: z
    .array(z.object({ text: z.string(), match: z.boolean() }))
    .describe('one after the other they are a piece of the text; plain text, to be shown as it is'),
  cut_start: z.boolean().describe('the text goes on before it'),
  cut_end: z.boolean(),
});

export const searchFiles = query({
  summary: 'Files and folders by name, text, kind, size and time, over all locations.',
  name: 'search.files',
  scope: 'library',
  thread: 'reader',
  input: inputSchema,
  output: z.object({
    entries: z.array(
      entryViewSchema.extend({ snippet: snippetSchema.optional().describe('of the text, where that has the words') }),
    ),
    total: z.object({ count: z.int(), more: z.boolean().describe('there are more than that') }),
    next_cursor: z.string().optional(),
    text_index: z
      .enum(['ready', 'building'])
      .optional()
      .describe('where names were searched: while it is built a search finds the same, more slowly, and ranks less'),
    contents_index: z
      .enum(['ready', 'filling', 'missing'])
      .optional()
      .describe(
        'where contents were searched: while documents are being read there may be more to find; missing: none was read yet',
      ),
  }),
  errors: ['NOT_FOUND', 'CURSOR_STALE'],
  permissions: ['library.read'],
  async run({ library, device, files, checkCancelled }, input) {
    const { limit, cursor, ...asked } = input;
    const fingerprint = fingerprintOf([library.id, asked]);
    const { sort, text = '' } = input;
    const world = { db: library.db, names: library.names, texts: library.texts, check: checkCancelled };
    const words = parseContentsQuery(text);
    const found = searchIn(input.in, world, {
      // Where contents are searched as well, quotes hold words together; no name is meant to have them.
      text: parseText(input.in === 'all' ? text.replaceAll('"', ' ') : text),
      query: words,
      filter: filterOf(input, library.db, device),
      order: {
        sort,
        descending: (input.order ?? (sort === 'name' ? 'asc' : 'desc')) === 'desc' && sort !== 'relevance',
      },
      limit,
      after: cursor === undefined ? undefined : placeOfCursor(cursor, fingerprint),
    });
    const views = hitViews(found.hits, { db: library.db, files, device });
    const snippets = found.index ? await snippetsOf(world, found.hits, words, input.in === 'contents') : undefined;
    return {
      entries: snippets ? views.map((view) => withSnippet(view, snippets)) : views,
      total: found.total,
      ...(found.next ? { next_cursor: cursorOfPlace(found.next, fingerprint) } : {}),
      ...(found.indexReady === undefined
        ? {}
        : { text_index: found.indexReady ? ('ready' as const) : ('building' as const) }),
      ...(found.index ? { contents_index: found.index } : {}),
    };
  },
});

/** `index` where contents were searched, `indexReady` where names were. */
type Found = Omit<EverywhereResult, 'index' | 'indexReady'> & Partial<Pick<EverywhereResult, 'index' | 'indexReady'>>;

function searchIn(where: Input['in'], world: ContentsWorld, request: EverywhereRequest): Found {
  if (where === 'all') return searchEverywhere(world, request);
  const { after } = request;
  if (where === 'contents') {
    const { next, ...found } = searchContents(world, { ...request, after: after?.place });
    return { ...found, ...(next ? { next: { among: 'contents', place: next } } : {}) };
  }
  const { next, ...found } = search(world, { ...request, after: after?.among === 'names' ? after.place : undefined });
  return { ...found, ...(next ? { next: { among: 'names', place: next } } : {}) };
}

function withSnippet(view: EntryView, snippets: ReadonlyMap<number, Snippet>): EntryView & { snippet?: Snippet } {
  const snippet = view.id === undefined ? undefined : snippets.get(view.id);
  return snippet ? { ...view, snippet } : view;
}

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
