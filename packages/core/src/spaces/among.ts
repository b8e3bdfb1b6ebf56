import { positionsBetween } from '../db/library/positions.ts';
import type { Among } from '../domain/space.ts';
import { uuidToText } from '../domain/ids.ts';
import { SdError } from '../errors.ts';

interface Placed {
  readonly uuid: Uint8Array;
  readonly position: string;
}

/** `count` positions for a place among rows in their order, which `moving` ones leave. Throws `NOT_FOUND`. */
export function positionsAmong(
  all: readonly Placed[],
  place: Among,
  count = 1,
  moving: ReadonlySet<string> = new Set(),
): string[] {
  const rows = all.filter(({ uuid }) => !moving.has(uuidToText(uuid)));
  const at = indexOf(rows, place);
  const [after, before] = [rows[at - 1]?.position ?? null, rows[at]?.position ?? null];
  // Two devices may have put something at the same place: beside both is as good.
  return positionsBetween(after, before === after ? null : before, count);
}

/** Before which of them the place is. */
function indexOf(rows: readonly Placed[], place: Among): number {
  if (place === 'start') return 0;
  if (place === 'end') return rows.length;
  const id = 'before' in place ? place.before : place.after;
  const found = rows.findIndex(({ uuid }) => uuidToText(uuid) === id);
  if (found < 0)
    throw new SdError('NOT_FOUND', `there is no ${id} to put it beside`, {
      way_out: 'sd space info shows what there is',
    });
  return 'before' in place ? found : found + 1;
}
