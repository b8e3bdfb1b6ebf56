import { z } from 'zod';
import { contentAt } from '../../browsing/content-at.ts';
import { contentByUuid } from '../../db/library/contents.ts';
import { mediaOf } from '../../db/library/media.ts';
import { sidecarView, sidecarsOfContent } from '../../db/library/sidecars.ts';
import { contentUuid, uuidSchema, uuidToText } from '../../domain/ids.ts';
import { mediaFactsSchema } from '../../domain/media.ts';
import { sidecarViewSchema } from '../../domain/sidecar.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';

export const listSidecars = query({
  summary: 'What was derived from a content: thumbnails, facts, text; where something is missing, why.',
  name: 'sidecars.list',
  scope: 'library',
  thread: 'reader',
  input: z
    .object({
      content_id: uuidSchema.optional(),
      path: z.string().min(1).max(32_768).optional().describe('a file, by path or address; or content://…'),
    })
    .refine(({ content_id, path }) => (content_id === undefined) !== (path === undefined), 'give content_id or path'),
  output: z.object({
    content_id: uuidSchema,
    sidecars: z.array(sidecarViewSchema),
    media: mediaFactsSchema.optional(),
  }),
  errors: ['NOT_FOUND'],
  permissions: ['library.read'],

  run({ library, device }, { content_id, path }) {
    const content =
      content_id === undefined ? contentAt(library.db, device, path ?? '') : contentByUuid(library.db, content_id);
    if (!content) throw new SdError('NOT_FOUND', `no file of the library has the content ${content_id ?? path}`);
    const media = mediaOf(library.db, content.id);
    return {
      content_id: uuidToText(contentUuid(content.hash)),
      sidecars: sidecarsOfContent(library.db, content.id).map(sidecarView),
      ...(media ? { media } : {}),
    };
  },
});
