import { z } from 'zod';
import { auditPage } from '../../db/library/audit-list.ts';
import { auditEntrySchema, auditFilterSchema } from '../../domain/audit.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';

const cursorSchema = z.tuple([z.int(), uuidSchema]);

export const listAudit = query({
  summary:
    'Every action on the library, newest first: who, when, what, on what, and how it went; failed and refused ones too.',
  name: 'audit.list',
  scope: 'library',
  thread: 'reader',
  input: z.object({ ...auditFilterSchema.shape, ...pageInput }),
  output: z.object({ actions: z.array(auditEntrySchema), next_cursor: z.string().optional() }),
  errors: ['CURSOR_STALE'],
  permissions: ['library.manage'],

  run({ library }, { limit, cursor, ...filter }) {
    const fingerprint = fingerprintOf(filter);
    const place = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint, cursorSchema);
    if (cursor !== undefined && !place)
      throw new SdError('CURSOR_STALE', 'the cursor is of another query; start from the first page');
    const before = place && { at: place[0], receipt: place[1] };
    const actions = auditPage(library.db, filter, { before, limit });
    const last = actions.at(-1);
    return {
      actions,
      ...(last && actions.length === limit ? { next_cursor: encodeCursor(fingerprint, [last.at, last.receipt]) } : {}),
    };
  },
});
