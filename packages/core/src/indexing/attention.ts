import { updateLocation } from '../db/library/locations.ts';
import type { WriteTransaction } from '../db/write.ts';
import { type LocationAttention, locationAttentionSchema } from '../domain/location.ts';
import { showNative } from '../domain/native-path.ts';
import type { Loss } from './brake.ts';
import { pathBelow } from './on-disk.ts';

/** A location as far as it says what waits for a word of the user. */
export interface Attentive {
  readonly id: number;
  /** `LocationAttention` as JSON. */
  readonly attention: string | null;
}

/** Where a location begins: the id of its root entry, and its native path. */
interface Root {
  readonly id: number;
  readonly path: string;
}

/** Says of the location that it would have lost that much. What waits already waits since then. */
export function askAbout(tx: WriteTransaction, location: Attentive, loss: Loss, root: Root, now: number): void {
  const attention: LocationAttention = {
    reason: 'would_remove',
    would_remove: loss.wouldRemove,
    of: loss.of,
    since: attentionOf(location)?.since ?? now,
    folders: loss.folders.flatMap(({ id, entries }) => {
      const path = pathBelow(tx, root, id);
      return path === undefined ? [] : [{ path: showNative(path), entries }];
    }),
  };
  updateLocation(tx, location.id, { attention: JSON.stringify(attention) });
}

/** What waited is there again, or has gone with leave. */
export function nothingToAsk(tx: WriteTransaction, location: Attentive): void {
  if (location.attention !== null) updateLocation(tx, location.id, { attention: null });
}

function attentionOf({ attention }: Attentive): LocationAttention | undefined {
  return attention === null ? undefined : locationAttentionSchema.safeParse(JSON.parse(attention)).data;
}
