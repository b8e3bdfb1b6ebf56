import { updateLocation } from '../db/library/locations.ts';
import type { WriteTransaction } from '../db/write.ts';
import { type AcceptedLoss, type LocationAttention, locationAttentionSchema } from '../domain/location.ts';
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

/** Somebody works on what was accepted while more goes: a tenth more than was shown still passes for the same loss. */
const MORE_THAN_SHOWN_PER_CENT = 110;

/**
 * Whether the loss is the one the user said yes to: what waits is the same still, and it is no more than was shown. It
 * may have become another between the word and the scan, which can be days.
 */
export function isAccepted(location: Attentive, loss: Loss, accepted: AcceptedLoss | undefined): boolean {
  if (!accepted || attentionOf(location)?.since !== accepted.since) return false;
  return loss.wouldRemove <= Math.ceil((accepted.would_remove * MORE_THAN_SHOWN_PER_CENT) / 100);
}

/** Says of the location that it would have lost that much. What waits already waits since then, unless it is `anew`. */
export function askAbout(
  tx: WriteTransaction,
  location: Attentive,
  loss: Loss,
  root: Root,
  { now, anew = false }: { readonly now: number; readonly anew?: boolean },
): void {
  const before = attentionOf(location)?.since;
  const attention: LocationAttention = {
    reason: 'would_remove',
    would_remove: loss.wouldRemove,
    of: loss.of,
    since: before === undefined ? now : anew ? Math.max(now, before + 1) : before,
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
