import { z } from 'zod';
import { PrivatePaths } from '../../browsing/private-paths.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { type TrashItem, countTrash, listTrash } from '../../db/library/trash-list.ts';
import { ENTRY_TYPES } from '../../domain/entry.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { basenameOf, showNative } from '../../domain/native-path.ts';
import { decodeCursor, encodeCursor, pageInput } from '../../domain/page.ts';
import { localUri } from '../../domain/sd-path.ts';
import { SdError } from '../../errors.ts';
import { type InTrash, TrashPlaces } from '../../file-actions/trash-places.ts';
import { query } from '../../operation.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';

const CURSOR = 'trash';

export const listTrashQuery = query({
  summary: 'Lists what actions of this device put into the trash, the newest first.',
  name: 'entries.list_trash',
  scope: 'library',
  thread: 'reader',
  input: z.object({ private: alsoPrivate, ...pageInput }),
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
    private_left_out: privateLeftOut,
    next_cursor: z.string().optional(),
  }),
  errors: ['CURSOR_STALE'],
  permissions: ['files.read'],

  run({ library, device, files }, { limit, cursor, private: all }) {
    const before = cursor === undefined ? undefined : beforeOf(cursor);
    const isPrivate = all ? undefined : privateIn(library.db, device.id);
    const items = firstShown(trashFrom(library.db, before), limit + 1, isPrivate);
    const left = countOf(trashFrom(library.db, undefined), isPrivate);
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
      total: countTrash(library.db).items - left,
      ...leftOut(left),
      ...(last ? { next_cursor: encodeCursor(CURSOR, [last.id]) } : {}),
    };
  },
});

type IsPrivate = (item: TrashItem) => boolean;

/** Tells what is private; `undefined`: nothing is. */
function privateIn(db: ReadConnection, device: string): IsPrivate | undefined {
  const hidden = new PrivateEntries(db);
  if (hidden.isEmpty) return undefined;
  const paths = new PrivatePaths(db, device, hidden);
  return ({ entry, path }) => (entry !== undefined && hidden.hasEntry(entry)) || paths.liesInOne(path);
}

const ROWS_AT_ONCE = 1000;

/** The newest first, those before the item `before`. */
function* trashFrom(db: ReadConnection, before: number | undefined): Generator<TrashItem> {
  for (let from = before; ;) {
    const items = listTrash(db, { ...(from === undefined ? {} : { before: from }), limit: ROWS_AT_ONCE });
    yield* items;
    if (items.length < ROWS_AT_ONCE) return;
    from = items.at(-1)?.id;
  }
}

function firstShown(items: Iterable<TrashItem>, count: number, isPrivate: IsPrivate | undefined): TrashItem[] {
  const shown: TrashItem[] = [];
  for (const item of items) {
    if (!isPrivate?.(item)) shown.push(item);
    if (shown.length === count) break;
  }
  return shown;
}

function countOf(items: Iterable<TrashItem>, isPrivate: IsPrivate | undefined): number {
  let count = 0;
  if (isPrivate) for (const item of items) if (isPrivate(item)) count++;
  return count;
}

function presenceIn(found: InTrash): { presence: InTrash['state']; volume?: string } {
  const volume = found.state === 'offline' ? found.volume : undefined;
  return { presence: found.state, ...(volume === undefined ? {} : { volume }) };
}

function beforeOf(cursor: string): number {
  const values = decodeCursor(cursor, CURSOR, z.tuple([z.int()]));
  if (values) return values[0];
  throw new SdError('CURSOR_STALE', 'this cursor is of another list');
}
