import { z } from 'zod';
import { fileById } from '../../db/library/copies.ts';
import { contentByUuid } from '../../db/library/contents.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';

export const mediaUrl = query({
  summary: 'Signs a URL for thumbnails, or for one file, for places that cannot send a header.',
  name: 'library.media_url',
  scope: 'library',
  input: z.object({
    file: z
      .union([z.int().min(1), uuidSchema])
      .optional()
      .describe('id of an entry, or of a content; where it is left out, the URL is for all thumbnails of the library'),
  }),
  output: z.object({
    path: z.string().describe('below the HTTP port of the daemon; of thumbnails, what comes before `<content>/<size>`'),
    query: z.string().describe('to be added after a `?`'),
    expires_at: z.int(),
  }),
  errors: ['NOT_FOUND'],
  permissions: ['library.read', 'files.read'],
  run({ library, signUrl }, { file }) {
    if (file !== undefined) {
      const known = typeof file === 'number' ? fileById(library.db, file) : contentByUuid(library.db, file);
      if (!known) throw new SdError('NOT_FOUND', `no file of the library has the id ${file}`);
    }
    const grant = signUrl(
      file === undefined ? { library: library.id, thumbnails: true } : { library: library.id, file: String(file) },
    );
    return {
      path: file === undefined ? '/thumbnail/' : `/file/${file}`,
      query: `library=${library.id}&expires=${grant.expires}&signature=${grant.signature}`,
      expires_at: grant.expires,
    };
  },
});
