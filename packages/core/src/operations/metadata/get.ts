import { z } from 'zod';
import { addressOf } from '../../browsing/address.ts';
import { entryAt } from '../../browsing/entry.ts';
import { around } from '../../browsing/surroundings.ts';
import type { ReaderContext } from '../../context.ts';
import { contentByUuid } from '../../db/library/contents.ts';
import { metadataOfContent, metadataOfEntry } from '../../db/library/effective-metadata.ts';
import { tagsOfContent, tagsOfEntry } from '../../db/library/effective-tags.ts';
import { entryById, entryByUuid } from '../../db/library/entries.ts';
import { uuidFromText, uuidSchema } from '../../domain/ids.ts';
import { metadataViewSchema } from '../../domain/metadata.ts';
import { appliedTagSchema } from '../../domain/tag.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';

const inputSchema = z
  .object({
    path: z.string().min(1).max(32_768).optional().describe('a path, local://… or content://…'),
    id: z.int().min(1).optional().describe('an entry'),
    uuid: uuidSchema.optional().describe('an entry'),
    content_id: uuidSchema.optional(),
  })
  .refine(
    (given) => Object.values(given).filter((value) => value !== undefined).length === 1,
    'give one of path, id, uuid and content_id',
  );

export const getMetadata = query({
  summary: 'What people said of one file, folder or content, and of what they said it.',
  name: 'metadata.get',
  scope: 'library',
  thread: 'reader',
  input: inputSchema,
  output: z.object({ metadata: metadataViewSchema, tags: z.array(appliedTagSchema) }),
  errors: ['NOT_FOUND', 'OFFLINE', 'IO'],
  permissions: ['library.read', 'files.read'],

  run(context, input) {
    const { db } = context.library;
    const found = find(context, input);
    return 'entry' in found
      ? { metadata: metadataOfEntry(db, found.entry), tags: tagsOfEntry(db, found.entry) }
      : { metadata: metadataOfContent(db, found.content), tags: tagsOfContent(db, found.content) };
  },
});

function find(
  context: ReaderContext<'library'>,
  { path, id, uuid, content_id }: z.output<typeof inputSchema>,
): { entry: number } | { content: number } {
  const { library, device } = context;
  const address = path === undefined ? undefined : addressOf(path, device);
  const content = address?.kind === 'content' ? address.id : content_id;
  if (content !== undefined) {
    const row = contentByUuid(library.db, content);
    if (row) return { content: row.id };
    throw new SdError('NOT_FOUND', `no file of the library has the content ${content}`);
  }
  const entry =
    address?.kind === 'local'
      ? entryAt(address.path, around(context)).facts.id
      : id === undefined
        ? entryByUuid(library.db, uuidFromText(uuid ?? '') ?? new Uint8Array())?.id
        : entryById(library.db, id)?.id;
  if (entry !== undefined) return { entry };
  throw new SdError('NOT_FOUND', `${path ?? `entry ${id ?? uuid}`} is not in the index of "${library.name}"`, {
    way_out: 'sd location add indexes a folder',
  });
}
