import type { ReadConnection } from '../../platform.ts';
import type { Members, Named } from './predicate.ts';

/** Contents whose entries are looked up in one statement. */
const CONTENTS_AT_ONCE = 8192;

/** The entries that `named` means and that may pass, ascending. Throws where `check` does. */
export function idsOfNamed(db: ReadConnection, named: Named, members: Members, check: () => void): Float64Array {
  const found: number[] = [];
  const { entries, contents } = named;
  // Whether they pass by their content as well is seen when they are looked at.
  for (let at = 0; at < entries.length; at++) found.push(entries[at] ?? 0);
  const own = found.length;
  const wanted: number[] = [];
  for (let at = 0; at < contents.length; at++) {
    const content = contents[at] ?? 0;
    if (members.mayHave(content)) wanted.push(content);
  }
  const places = db.prepare<{ c: number; e: number }>(
    'SELECT e.content_id AS c, e.id AS e FROM json_each(?) l CROSS JOIN entries e INDEXED BY entries_by_content ON e.content_id = l.value',
  );
  for (let at = 0; at < wanted.length; at += CONTENTS_AT_ONCE) {
    check();
    for (const { c, e } of places.all(`[${wanted.slice(at, at + CONTENTS_AT_ONCE).join(',')}]`))
      if (members.has(e, c)) found.push(e);
  }
  const ids = Float64Array.from(found).sort();
  return own === 0 ? ids : withoutDoubles(ids);
}

function withoutDoubles(sorted: Float64Array): Float64Array {
  let length = 0;
  for (const id of sorted) if (length === 0 || sorted[length - 1] !== id) sorted[length++] = id;
  return sorted.subarray(0, length);
}
