import { z } from 'zod';
import { contentAt } from '../../browsing/content-at.ts';
import { contentByUuid } from '../../db/library/contents.ts';
import type { CopyRow } from '../../db/library/copies.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { entryViewSchema } from '../../domain/entry.ts';
import { contentUuid, toHex, uuidSchema, uuidToText } from '../../domain/ids.ts';
import { KINDS, kindOfCode } from '../../domain/kinds.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { SdError } from '../../errors.ts';
import { CopyViews } from '../../hashing/copy-views.ts';
import { query } from '../../operation.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';

const cursorSchema = z.tuple([z.int()]);

export const contentInstances = query({
  summary:
    'Every file of the library with this content; private ones where they are asked for, or there are no others.',
  name: 'content.instances',
  scope: 'library',
  thread: 'reader',
  input: z
    .object({
      content_id: uuidSchema.optional(),
      path: z.string().min(1).max(32_768).optional().describe('a file, by path or address; or content://…'),
      private: alsoPrivate,
      ...pageInput,
    })
    .refine(({ content_id, path }) => (content_id === undefined) !== (path === undefined), 'give content_id or path'),
  output: z.object({
    content_id: uuidSchema,
    hash: z.string().describe('hexadecimal; of samples where the content is larger than 128 KiB'),
    full_hash: z
      .string()
      .optional()
      .describe('hexadecimal BLAKE3 of all bytes, where every file listed has been verified to have it'),
    size: z.int(),
    kind: z.enum(KINDS),
    entries: z.array(entryViewSchema),
    total: z.int(),
    private_left_out: privateLeftOut,
    next_cursor: z.string().optional(),
  }),
  errors: ['NOT_FOUND', 'CURSOR_STALE'],
  permissions: ['library.read'],

  run({ library, device, files, checkCancelled }, { content_id, path, limit, cursor, private: alsoHidden }) {
    const content =
      content_id === undefined ? contentAt(library.db, device, path ?? '') : contentByUuid(library.db, content_id);
    if (!content) throw new SdError('NOT_FOUND', `no file of the library has the content ${content_id ?? path}`);
    const id = uuidToText(contentUuid(content.hash));
    const fingerprint = fingerprintOf([id, alsoHidden]);
    const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint, cursorSchema);
    if (cursor !== undefined && !after)
      throw new SdError('CURSOR_STALE', 'the cursor is of another query; start from the first page');
    const views = new CopyViews(library.db, { files, device });
    const hidden = new PrivateEntries(library.db);
    const isShown = (copy: CopyRow): boolean => !hidden.has(copy.id, copy.parent_id);
    const all = views.summary(content.id, checkCancelled);
    const some = alsoHidden || hidden.isEmpty ? all : views.summary(content.id, checkCancelled, isShown);
    // Where all are private, the content is, and was asked for by its id.
    const shown = some.count > 0 ? some : all;
    const entries = views.of(content.id, {
      limit,
      after: after?.[0],
      ...(shown === all ? {} : { only: isShown }),
    });
    const last = entries.at(-1)?.id;
    return {
      content_id: id,
      hash: toHex(content.hash),
      ...(shown.fullHash === undefined ? {} : { full_hash: shown.fullHash }),
      size: content.size,
      kind: kindOfCode(content.kind),
      entries,
      total: shown.count,
      ...leftOut(all.count - shown.count),
      ...(last !== undefined && entries.length === limit ? { next_cursor: encodeCursor(fingerprint, [last]) } : {}),
    };
  },
});
