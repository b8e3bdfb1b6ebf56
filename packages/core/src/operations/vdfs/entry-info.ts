import { z } from 'zod';
import { addressOf } from '../../browsing/address.ts';
import { type FoundEntry, entryAt, entryOfRow } from '../../browsing/entry.ts';
import { around } from '../../browsing/surroundings.ts';
import type { ReaderContext } from '../../context.ts';
import { contentByUuid } from '../../db/library/contents.ts';
import { metadataOfEntry } from '../../db/library/effective-metadata.ts';
import { tagsOfEntry } from '../../db/library/effective-tags.ts';
import {
  type EntryRow,
  entriesOfContent,
  entryById,
  entryByUuid,
  fullHashOf,
  instancesOf,
} from '../../db/library/entries.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { mediaOf } from '../../db/library/media.ts';
import { isWhole } from '../../domain/content-id.ts';
import { type EntryView, FILE, FOLDER, entryViewSchema, viewAt } from '../../domain/entry.ts';
import { contentUuid, toHex, uuidFromText, uuidSchema, uuidToText } from '../../domain/ids.ts';
import { type MetadataView, metadataViewSchema } from '../../domain/metadata.ts';
import { type AppliedTag, appliedTagSchema } from '../../domain/tag.ts';
import { type MediaFacts, mediaFactsSchema } from '../../domain/media.ts';
import { SdError } from '../../errors.ts';
import { newListing } from '../../folder-listing.ts';
import { query } from '../../operation.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { shownCopies } from '../shown-copies.ts';

const inputSchema = z
  .object({
    path: z.string().min(1).max(32_768).optional().describe('local://device/path, content://id or a plain path'),
    id: z.int().min(1).optional(),
    uuid: uuidSchema.optional(),
  })
  .refine(
    ({ path, id, uuid }) => [path, id, uuid].filter((given) => given !== undefined).length === 1,
    'give one of path, id and uuid',
  );

export const entryInfo = query({
  summary: 'All that is known of one file or folder.',
  name: 'vdfs.entry_info',
  scope: 'any',
  thread: 'reader',
  input: inputSchema,
  output: entryViewSchema.extend({
    instances: z
      .int()
      .optional()
      .describe('how many files have the same content identity, this one and private ones among them'),
    full_hash: z.string().optional().describe('BLAKE3 of the whole file, where it was computed and still holds'),
    media: mediaFactsSchema.optional().describe('what is known of its inside'),
    metadata: metadataViewSchema.optional().describe('what people said of it, where the library knows it'),
    tags: z.array(appliedTagSchema).optional(),
    problem: z.string().optional().describe('why its content cannot be read'),
  }),
  errors: ['NOT_FOUND', 'NOT_READABLE', 'OFFLINE', 'IO'],
  permissions: ['files.read'],
  run(context, input) {
    const { library, files, device } = context;
    const found = find(input, context);
    const { facts, path, location, offline } = found;
    const problem = offline ? undefined : problemOf(found, files);
    const view: Omit<EntryView, 'tags'> = viewAt(facts, path, { device: device.slug, location, offline });
    return {
      ...view,
      ...(library && facts.id !== undefined ? saidFacts(library.db, facts.id) : {}),
      ...(library && facts.id !== undefined && facts.contentUuid ? contentFacts(library.db, facts.id, facts) : {}),
      ...(problem === undefined ? {} : { problem }),
    };
  },
});

function find(input: z.output<typeof inputSchema>, context: ReaderContext<'any'>): FoundEntry {
  const { library, device } = context;
  if (input.path !== undefined) {
    const address = addressOf(input.path, device);
    if (address.kind === 'local') return entryAt(address.path, around(context));
    return firstInstance(address.id, context);
  }
  if (!library)
    throw new SdError('INVALID_INPUT', 'ids belong to a library, and none is open', { way_out: 'name it: library' });
  const row =
    input.id === undefined
      ? entryByUuid(library.db, uuidFromText(input.uuid ?? '') ?? new Uint8Array())
      : entryById(library.db, input.id);
  if (!row) throw new SdError('NOT_FOUND', `the library "${library.name}" has no entry ${input.id ?? input.uuid}`);
  return entryOfRow(row, { ...around(context), db: library.db });
}

/** A file with the content: one that is there, before one whose disk is away; a private one where there is no other. */
function firstInstance(content: string, context: ReaderContext<'any'>): FoundEntry {
  const { library } = context;
  if (!library)
    throw new SdError('INVALID_INPUT', 'contents belong to a library, and none is open', {
      way_out: 'name it: library',
    });
  const known = contentByUuid(library.db, content);
  let away: FoundEntry | undefined;
  const copies = known ? entriesOfContent(library.db, known.id) : [];
  for (const row of shownCopies(copies, new PrivateEntries(library.db))) {
    const found = attempt(row, { ...around(context), db: library.db });
    if (found && !found.offline) return found;
    away ??= found;
  }
  if (away) return away;
  throw new SdError('NOT_FOUND', `the library "${library.name}" has no file with the content ${content}`);
}

function attempt(row: EntryRow, surroundings: Parameters<typeof entryOfRow>[1]): FoundEntry | undefined {
  try {
    return entryOfRow(row, surroundings);
  } catch {
    return undefined;
  }
}

function contentFacts(
  db: ReadConnection,
  id: number,
  { size }: { size: number },
): { instances: number; full_hash?: string; media?: MediaFacts } {
  const hashes = fullHashOf(db, id);
  const content = hashes?.content ? contentByUuid(db, uuidToText(contentUuid(hashes.content))) : undefined;
  const media = content && mediaOf(db, content.id);
  const full = hashes?.full ?? (isWhole(size) ? hashes?.content : undefined);
  return {
    instances: instancesOf(db, id),
    ...(full ? { full_hash: toHex(full) } : {}),
    ...(media ? { media } : {}),
  };
}

function saidFacts(
  db: ReadConnection,
  id: number,
): { favorite?: true; rating?: number; metadata: MetadataView; tags: AppliedTag[] } {
  const metadata = metadataOfEntry(db, id);
  const { favorite, rating } = metadata;
  return {
    ...(favorite ? { favorite: true as const } : {}),
    ...(rating > 0 ? { rating } : {}),
    metadata,
    tags: tagsOfEntry(db, id),
  };
}

/** Asks the disk for the first byte, or the names: what it says is better than guessing from permissions. */
function problemOf({ facts, path }: FoundEntry, files: ReadFiles): string | undefined {
  try {
    if (facts.type === FILE) files.readAt(path, new Uint8Array(1), 0);
    else if (facts.type === FOLDER) files.listFolder(path, newListing(), () => true);
    return undefined;
  } catch (error) {
    return error instanceof SdError ? error.message : 'it cannot be read';
  }
}
