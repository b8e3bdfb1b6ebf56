import { z } from 'zod';
import { type TrashItem, countTrash, listTrash } from '../../db/library/trash-list.ts';
import { ENTRY_TYPES } from '../../domain/entry.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { basenameOf, showNative } from '../../domain/native-path.ts';
import { decodeCursor, encodeCursor, pageInput } from '../../domain/page.ts';
import { localUri } from '../../domain/sd-path.ts';
import { SdError } from '../../errors.ts';
import { type InTrash, TrashPlaces } from '../../file-actions/trash-places.ts';
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
        presence: z
          .enum(['there', 'gone', 'offline'])
          .describe('gone: the trash was emptied, or taken away; offline: its disk is not there now'),
        volume: z.string().optional().describe('of what is offline, the name of its volume, where that is known'),
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
    const places = new TrashPlaces(library.db, files);
    const shown = (item: TrashItem) => ({
      id: item.uuid,
      name: showNative(basenameOf(item.path)),
      path: localUri(device.slug, item.path),
      native_path: showNative(item.path),
      place: showNative(item.place),
      type: ENTRY_TYPES[item.type] ?? 'other',
      size: item.size,
      trashed_at: item.trashedAt,
      ...(item.receipt === undefined ? {} : { receipt: item.receipt }),
      ...presenceIn(places.of(item)),
    });
    return {
      items: items.slice(0, limit).map(shown),
      total: countTrash(library.db).items,
      ...(last ? { next_cursor: encodeCursor(CURSOR, [last.id]) } : {}),
    };
  },
});

function presenceIn(found: InTrash): { presence: InTrash['state']; volume?: string } {
  const volume = found.state === 'offline' ? found.volume : undefined;
  return { presence: found.state, ...(volume === undefined ? {} : { volume }) };
}

function beforeOf(cursor: string): number {
  const values = decodeCursor(cursor, CURSOR, z.tuple([z.int()]));
  if (values) return values[0];
  throw new SdError('CURSOR_STALE', 'this cursor is of another list');
}
