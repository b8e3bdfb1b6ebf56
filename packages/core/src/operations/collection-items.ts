import type { ReaderContext } from '../context.ts';
import type { PrivateEntries } from '../db/library/private-entries.ts';
import type { CollectionItemRow } from '../db/library/collection-items.ts';
import { type CopyRow, copiesOf } from '../db/library/copies.ts';
import { isContentInTrash, isInTrash } from '../db/library/in-trash.ts';
import { CONTENT_SCOPE, ENTRY_SCOPE } from '../db/library/target-key.ts';
import type { CollectionItem } from '../domain/collection.ts';
import type { EntryView } from '../domain/entry.ts';
import { contentUuid, uuidToText } from '../domain/ids.ts';
import { itemIdOf } from '../collections/item-keys.ts';
import { CopyViews } from '../hashing/copy-views.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { hitViews } from '../search/hit-views.ts';

/** Copies of a content that are looked at to find one that is there. */
const COPIES_LOOKED_AT = 20;

type Context = ReaderContext<'library'>;

/** Shows items of a collection, in their order: also those whose files are gone. `hidden`: files that are not shown. */
export function itemViews(
  items: readonly CollectionItemRow[],
  context: Context,
  hidden: PrivateEntries | undefined,
): CollectionItem[] {
  const { library, files, device } = context;
  const wanted = items.filter(({ scope }) => scope === ENTRY_SCOPE).map(({ target_id: id }) => ({ id }));
  const shown = hitViews(wanted, { db: library.db, files, device });
  const entries = new Map(shown.map((view) => [view.id, view]));
  const copies = new CopyViews(library.db, { files, device });
  return items.map((item) => {
    context.checkCancelled();
    const named = { item: itemIdOf({ scope: item.scope, id: item.target_id }), added_at: item.added_at };
    return item.scope === CONTENT_SCOPE
      ? { ...named, ...contentItem(item, { copies, hidden }, library.db) }
      : { ...named, ...entryItem(item, entries.get(item.target_id), library.db) };
  });
}

/** Without what people want left out unless they ask: an entry that is private, or a content all of whose files are. */
export function withoutPrivate(
  items: readonly CollectionItemRow[],
  db: ReadConnection,
  hidden: PrivateEntries,
): readonly CollectionItemRow[] {
  if (hidden.isEmpty) return items;
  return items.filter(({ scope, target_id: id }) => {
    if (scope === ENTRY_SCOPE) return !hidden.hasEntry(id);
    const copies = [...copiesOf(db, id)];
    return copies.length === 0 || copies.some((copy) => !hidden.has(copy.id, copy.parent_id));
  });
}

/** Where the item is, and what it is called. */
function stateOfEntry(
  db: ReadConnection,
  id: number,
  entry: EntryView | undefined,
): Pick<CollectionItem, 'state'> & { entry?: EntryView } {
  if (entry) return { state: entry.offline ? 'offline' : 'here', entry };
  return { state: isInTrash(db, id) ? 'trashed' : 'gone' };
}

function entryItem(
  { target_id: id, label }: CollectionItemRow,
  entry: EntryView | undefined,
  db: ReadConnection,
): Pick<CollectionItem, 'state' | 'label' | 'entry'> {
  return { label: entry?.name ?? label, ...stateOfEntry(db, id, entry) };
}

function contentItem(
  { target_id: id, label }: CollectionItemRow,
  { copies, hidden }: { readonly copies: CopyViews; readonly hidden: PrivateEntries | undefined },
  db: ReadConnection,
): Omit<CollectionItem, 'item' | 'added_at'> {
  const hash = db.prepare<{ hash: Uint8Array }>('SELECT hash FROM contents WHERE id = ?').get(id)?.hash;
  const only = (copy: CopyRow): boolean => !hidden?.has(copy.id, copy.parent_id);
  const views = copies.of(id, { limit: COPIES_LOOKED_AT, only });
  const entry = views.find(({ offline }) => !offline) ?? views[0];
  const known = hash ? { content_id: uuidToText(contentUuid(hash)) } : {};
  const count = views.length < COPIES_LOOKED_AT ? views.length : copies.summary(id, () => {}, only).count;
  if (entry) return { label: entry.name, state: entry.offline ? 'offline' : 'here', entry, copies: count, ...known };
  return { label, state: isContentInTrash(db, id) ? 'trashed' : 'gone', copies: 0, ...known };
}
