import { CONTENT_SCOPE, ENTRY_SCOPE } from '../db/library/target-key.ts';

/** An entry or a content, as an item of a collection. */
export interface ItemKey {
  readonly scope: number;
  readonly id: number;
}

/** The id that clients know it by: `e12`, `c7`. */
export function itemIdOf({ scope, id }: ItemKey): string {
  return `${scope === ENTRY_SCOPE ? 'e' : 'c'}${id}`;
}

/** `undefined` for a text that is no item's id. */
export function itemKeyOf(text: string): ItemKey | undefined {
  if (!/^[ec][1-9]\d{0,15}$/.test(text)) return undefined;
  return { scope: text.startsWith('e') ? ENTRY_SCOPE : CONTENT_SCOPE, id: Number(text.slice(1)) };
}

/** What targets are in a collection: the entry where one was named, else the content. Column by column, 0 for none. */
export function itemKeysOf({
  entries,
  contents,
}: {
  readonly entries: readonly number[];
  readonly contents: readonly number[];
}): ItemKey[] {
  return entries.map((entry, at) =>
    entry > 0 ? { scope: ENTRY_SCOPE, id: entry } : { scope: CONTENT_SCOPE, id: contents[at] ?? 0 },
  );
}
