/** What goes with a file, or came with it. */
export interface TravelFacts {
  /** Names of tags. */
  readonly tags: readonly string[];
  /** Tags by the names above them and their own, from the top down. */
  readonly paths: readonly (readonly string[])[];
  /** 0 to 5. */
  readonly rating?: number;
  readonly note?: string;
}

/** Where it is written to, or read from. */
export const CARRIERS = ['xmp', 'attributes'] as const;
export type Carrier = (typeof CARRIERS)[number];

export function isEmptyFacts({ tags, paths, rating, note }: TravelFacts): boolean {
  return tags.length === 0 && paths.length === 0 && rating === undefined && note === undefined;
}

/** One after the other: what is said first stands. */
export function joinedFacts(one: TravelFacts, other: TravelFacts): TravelFacts {
  const rating = one.rating ?? other.rating;
  const note = one.note ?? other.note;
  return {
    tags: [...new Set([...one.tags, ...other.tags])],
    paths: [...one.paths, ...other.paths],
    ...(rating === undefined ? {} : { rating }),
    ...(note === undefined ? {} : { note }),
  };
}

/** What a job of the kind `tags.travel` answers. */
export interface TravelResult {
  readonly files: number;
  /** Files something was written of; of an import, in which something was found. */
  readonly carried: number;
  /** Of an import: how often a tag was given to what did not have it, and how many were made. */
  readonly tagged: number;
  readonly created: number;
}
