import { z } from 'zod';
import { historyEntry } from '../../db/library/history.ts';
import { historyPage } from '../../db/library/history-list.ts';
import { HISTORY_STATES, historyEntrySchema } from '../../domain/history.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';

const cursorSchema = z.tuple([z.int()]);

export const listHistory = query({
  summary: 'The actions that can be undone or were, newest first: the last thousand, for ninety days.',
  name: 'history.list',
  scope: 'library',
  thread: 'reader',
  input: z.object({
    states: z.array(z.enum(HISTORY_STATES)).min(1).max(HISTORY_STATES.length).optional(),
    operation: z.string().min(1).max(100).optional(),
    since: z.int().min(0).optional().describe('milliseconds since the epoch'),
    until: z.int().min(0).optional().describe('milliseconds since the epoch; not included'),
    undoable: z.boolean().optional().describe('true: only what can be undone; no undo or redo is among it'),
    ...pageInput,
  }),
  output: z.object({ actions: z.array(historyEntrySchema), next_cursor: z.string().optional() }),
  errors: ['CURSOR_STALE'],
  permissions: ['library.read'],

  run({ library }, { limit, cursor, ...filter }) {
    const fingerprint = fingerprintOf(filter);
    const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint, cursorSchema);
    if (cursor !== undefined && !after)
      throw new SdError('CURSOR_STALE', 'the cursor is of another query; start from the first page');
    const rows = historyPage(library.db, filter, { before: after?.[0], limit });
    const last = rows.at(-1);
    return {
      actions: rows.map(historyEntry),
      ...(last && rows.length === limit ? { next_cursor: encodeCursor(fingerprint, [last.id]) } : {}),
    };
  },
});
