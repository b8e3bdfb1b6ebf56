import { z } from 'zod';
import { pathOfRow } from '../../browsing/entry.ts';
import { contentByUuid } from '../../db/library/contents.ts';
import { type EntryRow, entriesOfContent, entryById, entryByUuid } from '../../db/library/entries.ts';
import { EntryPlaces } from '../../db/library/entry-places.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { uuidFromText, uuidSchema } from '../../domain/ids.ts';
import { showNative } from '../../domain/native-path.ts';
import { localUri } from '../../domain/sd-path.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';
import { shownCopies } from '../shown-copies.ts';

const MOST_PATHS = 1000;

const inputSchema = z
  .object({
    id: z.int().min(1).optional(),
    uuid: uuidSchema.optional(),
    content_id: uuidSchema.optional(),
    private: alsoPrivate.describe('of a content: also its private files, where others are not'),
  })
  .refine(
    ({ id, uuid, content_id }) => [id, uuid, content_id].filter((given) => given !== undefined).length === 1,
    'give one of id, uuid and content_id',
  );

export const pathOf = query({
  summary: 'Where an entry lies; of a content, where the files that have it lie.',
  name: 'vdfs.path_of',
  scope: 'library',
  thread: 'reader',
  input: inputSchema,
  output: z.object({
    path: z.string(),
    native_path: z.string(),
    paths: z.array(z.string()).optional().describe('of a content: all of them, up to a thousand'),
    private_left_out: privateLeftOut,
  }),
  errors: ['NOT_FOUND'],
  permissions: ['library.read'],
  run({ library, files, device }, input) {
    const places = new EntryPlaces(library.db);
    const all = rowsOf(library.db, input);
    const rows = input.private ? all : shownCopies(all, new PrivateEntries(library.db));
    const paths = rows.flatMap((row) => pathOfRow(row, places) ?? []);
    const path =
      input.content_id === undefined ? paths[0] : (paths.find((candidate) => isThere(candidate, files)) ?? paths[0]);
    if (path === undefined) {
      const what =
        input.content_id === undefined
          ? `entry ${input.id ?? input.uuid}`
          : `file with the content ${input.content_id}`;
      throw new SdError('NOT_FOUND', `the library "${library.name}" has no ${what}`);
    }
    return {
      path: localUri(device.slug, path),
      native_path: showNative(path),
      ...(input.content_id === undefined ? {} : { paths: paths.map((each) => localUri(device.slug, each)) }),
      ...leftOut(all.length - rows.length),
    };
  },
});

function rowsOf(db: ReadConnection, { id, uuid, content_id }: z.output<typeof inputSchema>): EntryRow[] {
  if (content_id !== undefined) {
    const content = contentByUuid(db, content_id);
    return content ? entriesOfContent(db, content.id, MOST_PATHS) : [];
  }
  const row = id === undefined ? entryByUuid(db, uuidFromText(uuid ?? '') ?? new Uint8Array()) : entryById(db, id);
  return row ? [row] : [];
}

function isThere(path: string, files: ReadFiles): boolean {
  try {
    return files.facts(path) !== undefined;
  } catch {
    return false;
  }
}
