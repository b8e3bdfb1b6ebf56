import { z } from 'zod';
import { type TrashItem, countTrash, listTrash } from '../../db/library/trash-list.ts';
import { ENTRY_TYPES } from '../../domain/entry.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { basenameOf, showNative } from '../../domain/native-path.ts';
import { decodeCursor, encodeCursor, pageInput } from '../../domain/page.ts';
import { localUri } from '../../domain/sd-path.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';

const CURSOR = 'trash';

export const listTrashQuery = query({
  summary: 'Lists what actions of this device put into the trash, the newest first.',
  name: 'entries.list_trash',
  scope: 'library',
  thread: 'reader',
  input: z.object(pageInput),
  output: z.object({
    items: z.array(
      z.object({
        id: uuidSchema.describe('restores it'),
        name: z.string().describe('for people'),
        path: z.string().describe('the address it had, exact'),
        native_path: z.string().describe('the path it had, for people'),
        place: z.string().describe('where it lies now, for people'),
        type: z.enum(ENTRY_TYPES),
        size: z.int().describe('bytes; of a folder, its own'),
        trashed_at: z.int(),
        receipt: uuidSchema.optional(),
        there: z.boolean().describe('false: the trash was emptied, or its disk is away'),
      }),
    ),
    total: z.int(),
    next_cursor: z.string().optional(),
  }),
  errors: ['CURSOR_STALE'],
  permissions: ['files.read'],

  run({ library, device, files }, { limit, cursor }) {
    const before = cursor === undefined ? undefined : beforeOf(cursor);
    const items = listTrash(library.db, { ...(before === undefined ? {} : { before }), limit: limit + 1 });
    const last = items.length > limit ? items[limit - 1] : undefined;
    const shown = ({ uuid, path, place, type, size, inode, trashedAt, receipt }: TrashItem) => ({
      id: uuid,
      name: showNative(basenameOf(path)),
      path: localUri(device.slug, path),
      native_path: showNative(path),
      place: showNative(place),
      type: ENTRY_TYPES[type] ?? 'other',
      size,
      trashed_at: trashedAt,
      ...(receipt === undefined ? {} : { receipt }),
      there: files.facts(place)?.inode === inode,
    });
    return {
      items: items.slice(0, limit).map(shown),
      total: countTrash(library.db).items,
      ...(last ? { next_cursor: encodeCursor(CURSOR, [last.id]) } : {}),
    };
  },
});

function beforeOf(cursor: string): number {
  const values = decodeCursor(cursor, CURSOR, z.tuple([z.int()]));
  if (values) return values[0];
  throw new SdError('CURSOR_STALE', 'this cursor is of another list');
}
