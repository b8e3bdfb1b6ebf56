/** What is kept whole, in UTF-16 units of JSON: enough for what people ask for, and not for lists of thousands. */
const MOST_KEPT = 32 * 1024;
const ITEMS_SHOWN = 20;
const LONGEST_TEXT = 1_000;

/** JSON of a value that is short enough to be kept whole. */
export function whole(value: unknown): string | undefined {
  const text = JSON.stringify(value ?? null);
  return text.length <= MOST_KEPT ? text : undefined;
}

/** JSON of a value; of a long one, with its lists and texts cut short. */
export function brief(value: unknown): string {
  return whole(value) ?? whole(cut(value)) ?? JSON.stringify('too long to be kept');
}

function cut(value: unknown): unknown {
  if (typeof value === 'string' && value.length > LONGEST_TEXT) return `${value.slice(0, LONGEST_TEXT)}…`;
  if (Array.isArray(value)) {
    const more = value.length - ITEMS_SHOWN;
    return [...value.slice(0, ITEMS_SHOWN).map(cut), ...(more > 0 ? [`… and ${more} more`] : [])];
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cut(inner)]));
}
