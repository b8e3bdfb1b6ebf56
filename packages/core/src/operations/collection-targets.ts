import type { ReaderContext } from '../context.ts';
import { findItem } from '../db/library/collection-items.ts';
import { CONTENT_SCOPE, ENTRY_SCOPE } from '../db/library/target-key.ts';
import { findCollection } from '../collections/find-collection.ts';
import { type ItemKey, itemIdOf, itemKeyOf } from '../collections/item-keys.ts';
import type { ItemPlace } from '../collections/order.ts';
import type { Place } from '../domain/collection.ts';
import type { Targets } from '../domain/targets.ts';
import { SdError } from '../errors.ts';
import type { ReaderTask } from '../operation.ts';
import { resolveTargets } from './resolve-targets.ts';

export interface ItemsWanted {
  readonly collection: string;
  /** Selectors of items. */
  readonly items?: readonly string[] | undefined;
  readonly targets?: Targets | undefined;
  readonly place?: Place | undefined;
}
export interface ItemsFound {
  /** Each once, in the order they were named. */
  readonly items: readonly ItemKey[];
  readonly place: ItemPlace;
}

/** The items of a collection that were named. Throws `NOT_FOUND` where one that was named by itself is not in it. */
export const resolveItems: ReaderTask<ItemsWanted, ItemsFound> = {
  name: 'collections.resolve_items',
  async run(context, { collection: wanted, items = [], targets, place = 'end' }) {
    const { id: collection } = findCollection(context.library.db, wanted);
    const found = new Map<string, ItemKey>();
    const keep = (key: ItemKey): void => void found.set(itemIdOf(key), key);
    for (const item of items) keep(await named(context, collection, item));
    for (const key of targets ? await among(context, collection, targets) : []) keep(key);
    return { items: [...found.values()], place: await placeOf(context, collection, place) };
  },
};

async function placeOf(context: ReaderContext<'library'>, collection: number, place: Place): Promise<ItemPlace> {
  if (typeof place === 'string') return place;
  const side = 'before' in place ? 'before' : 'after';
  return { side, item: await named(context, collection, 'before' in place ? place.before : place.after) };
}

async function named(context: ReaderContext<'library'>, collection: number, text: string): Promise<ItemKey> {
  const byId = itemKeyOf(text);
  const [item] = byId ? present(context, collection, byId) : await among(context, collection, { paths: [text] });
  if (item) return item;
  throw new SdError('NOT_FOUND', `${JSON.stringify(text)} is not in the collection`, {
    way_out: 'sd collection info shows what is in it',
  });
}

/** Of the targets, what is in the collection: as the entry, else as its content. */
async function among(context: ReaderContext<'library'>, collection: number, targets: Targets): Promise<ItemKey[]> {
  const { entries, contents } = await resolveTargets.run(context, targets);
  return entries.flatMap((entry, at) => {
    const [found] = [
      ...present(context, collection, { scope: ENTRY_SCOPE, id: entry }),
      ...present(context, collection, { scope: CONTENT_SCOPE, id: contents[at] ?? 0 }),
    ];
    return found ?? [];
  });
}

function present({ library }: ReaderContext<'library'>, collection: number, key: ItemKey): ItemKey[] {
  return findItem(library.db, collection, key.scope, key.id) ? [key] : [];
}
