import { isHidden } from '../domain/entry.ts';
import { type ListingOrder, type OrderedNames, sortListing } from '../domain/listing-order.ts';
import type { FileFacts } from '../ports/files.ts';
import type { FolderSource } from './folder-source.ts';
import { type ListingCache, type RememberedListing, SMALL_FOLDER, sameColumns } from './listing-cache.ts';

/** What a page of a folder is taken from. */
export interface ListingRequest {
  readonly source: FolderSource;
  /** Tells folders and views of them apart. */
  readonly key: string;
  readonly order: ListingOrder;
  readonly hidden: boolean;
  readonly stamp: string | undefined;
  /** Whether this continues a listing: then a big one need not be made again for its sizes and times. */
  readonly continues: boolean;
  /** Milliseconds that only go forward. */
  readonly now: number;
}

/** For how long a stamp is believed: not every file system is as careful as it should be, and a small folder is soon listed. */
const TRUSTED_MS = { small: 5_000, big: 60_000 };

/** The names of a folder in order: listed anew where its stamp differs from when they were listed last. */
export function orderedNames(cache: ListingCache, request: ListingRequest): OrderedNames {
  const { source, key, order, stamp, now } = request;
  const known = cache.get(key);
  if (known && isTrusted(known, request)) return known.sorted;
  const columns = request.hidden ? source.columns(order.sort) : withoutHidden(source.columns(order.sort));
  const same = known?.columns && sameColumns(known.columns, columns);
  const sorted = same ? known.sorted : sortListing(columns, order);
  cache.set(key, { stamp, listedAt: now, sorted, ...(sorted.names.length <= SMALL_FOLDER ? { columns } : {}) });
  return sorted;
}

function isTrusted({ stamp, listedAt, sorted }: RememberedListing, request: ListingRequest): boolean {
  if (stamp === undefined || stamp !== request.stamp) return false;
  // Sizes and times change without a trace in the folder: a listing by them begins afresh.
  if (request.order.sort !== 'name' && !request.continues) return false;
  return request.now - listedAt < TRUSTED_MS[sorted.names.length <= SMALL_FOLDER ? 'small' : 'big'];
}

/** A change within this long of the one before may leave the same time on the folder. Some file systems count in 2 s. */
const SETTLED_US = 3_000_000;
/** What file systems say that keep no time for a folder (the root of a FAT disk). */
const NO_TIME_US = 365 * 86_400_000_000;

/**
 * Says whether names came or went in a folder: its own time of change, where that is to be trusted. `now` in
 * milliseconds since the epoch.
 */
export function diskStamp({ mtime, inode, device }: FileFacts, now: number): string | undefined {
  if (mtime < NO_TIME_US || Math.abs(now * 1000 - mtime) < SETTLED_US) return undefined;
  return `${device} ${inode} ${mtime}`;
}

function withoutHidden({ names, types, values }: OrderedNames): OrderedNames {
  const kept = names.flatMap((name, index) => (isHidden(name) ? [] : [index]));
  return {
    names: kept.map((index) => names[index] ?? ''),
    types: Uint8Array.from(kept, (index) => types[index] ?? 0),
    ...(values ? { values: kept.map((index) => values[index] ?? 0) } : {}),
  };
}
