import { z } from 'zod';
import { withMarks } from '../../db/library/entry-marks.ts';
import { type EntryView, entryViewSchema } from '../../domain/entry.ts';
import { fingerprintOf, pageInput } from '../../domain/page.ts';
import { searchFilters } from '../../domain/search-input.ts';
import { query } from '../../operation.ts';
import type { Asking } from '../../search/asking.ts';
import { type ContentsWorld, searchContents } from '../../search/contents/contents-search.ts';
import { type EverywhereRequest, type EverywhereResult, searchEverywhere } from '../../search/contents/everywhere.ts';
import type { Snippet } from '../../search/contents/snippet.ts';
import { snippetsOf } from '../../search/contents/snippets.ts';
import { SORTS } from '../../search/finding/order.ts';
import { askedIn, worldOf } from '../searching.ts';
import { hitViews } from '../../search/hit-views.ts';
import { search } from '../../search/search.ts';
import { cursorOfPlace, placeOfCursor } from '../../search/place-cursor.ts';

const inputSchema = z
  .object({
    ...searchFilters,
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
  errors: ['NOT_FOUND', 'CONFLICT', 'CURSOR_STALE'],
  permissions: ['library.read'],
  async run(context, input) {
    const { library, device, files } = context;
    const { limit, cursor, ...asked } = input;
    const fingerprint = fingerprintOf([library.id, asked]);
    const { sort } = input;
    const world = worldOf(context);
    const asking = askedIn(context, input);
    const found = searchIn(asking.where, world, {
      text: asking.text,
      query: asking.words,
      filter: asking.filter,
      order: {
        sort,
        descending: (input.order ?? (sort === 'name' ? 'asc' : 'desc')) === 'desc' && sort !== 'relevance',
      },
      limit,
      after: cursor === undefined ? undefined : placeOfCursor(cursor, fingerprint),
    });
    const views = withMarks(library.db, hitViews(found.hits, { db: library.db, files, device }));
    const snippets = found.index
      ? await snippetsOf(world, found.hits, asking.words, asking.where === 'contents')
      : undefined;
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

function searchIn(where: Asking['where'], world: ContentsWorld, request: EverywhereRequest): Found {
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
