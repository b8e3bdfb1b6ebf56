import type { ReadConnection } from '../ports/sqlite.ts';
import { type IsHidden, SHOWN, countCopies } from './count-copies.ts';
import { type Keeper, folderPlaces, foldersBelow } from './folder-places.ts';

/** What there is too little of. */
export interface RiskFilter {
  /** `copy`: one file has it; `volume`: all files that have it lie on one volume. */
  readonly once: 'copy' | 'volume';
  /** Bytes. */
  readonly minSize: number;
  /** Codes of kinds. */
  readonly kinds?: readonly number[] | undefined;
  /** Ids of folders: only contents of which a file lies below one of them. */
  readonly below?: readonly number[] | undefined;
  /** Id of `volumes`: only what lies on it. */
  readonly volume?: number | undefined;
  /** Files that are copies like others, but not shown: a content that has no other is left out. */
  readonly isHidden?: IsHidden | undefined;
}

export interface AtRisk {
  readonly content: number;
  /** Its first file that is shown. */
  readonly entry: number;
  readonly size: number;
  readonly kind: number;
  /** That are shown. */
  readonly copies: number;
  readonly keeper: Keeper;
}

export interface Risks {
  /** The largest first, those of one size by the id of the content; a page of them. */
  readonly page: readonly AtRisk[];
  /** One for each keeper that alone has something. */
  readonly totals: readonly { readonly keeper: Keeper; readonly contents: number; readonly bytes: number }[];
  /** How many contents would be among them, had they a file that is shown. */
  readonly leftOut: number;
}

/** Where a page begins: after the one with these values. */
export type RiskCursor = readonly [size: number, content: number];

/** Contents that would be lost with one file, or with one volume. */
export function atRisk(
  db: ReadConnection,
  filter: RiskFilter,
  page: { readonly after?: RiskCursor | undefined; readonly limit: number },
  check: () => void,
): Risks {
  const places = folderPlaces(db);
  const below = filter.below && new Set(foldersBelow(db, filter.below));
  const { minSize, isHidden = () => false } = filter;
  const counts = countCopies(db, places, { minSize, below, isHidden, check });
  const kinds = filter.kinds && new Set(filter.kinds);
  const sums = places.keepers.map((keeper) => ({ keeper, contents: 0, bytes: 0 }));
  const largest = new LargestFirst(page);
  let leftOut = 0;
  for (let content = 0; content < counts.copies.length; content++) {
    const keeper = counts.onlyKeeper(content);
    const sum = keeper === undefined ? undefined : sums[keeper];
    if (!sum || (filter.once === 'copy' && counts.copies[content] !== 1)) continue;
    if (filter.volume !== undefined && sum.keeper.volume !== filter.volume) continue;
    if (kinds?.has(counts.kind[content] ?? 0) === false || counts.inside[content] === 0) continue;
    if (counts.inside[content] !== SHOWN) {
      leftOut++;
      continue;
    }
    const size = counts.size[content] ?? 0;
    sum.contents++;
    sum.bytes += size;
    largest.offer(size, content);
  }
  return {
    totals: sums.filter(({ contents }) => contents > 0).sort((a, b) => b.bytes - a.bytes),
    page: largest.contents().flatMap((content): AtRisk[] => {
      const keeper = places.keepers[counts.onlyKeeper(content) ?? -1];
      if (!keeper) return [];
      const of = (column: ArrayLike<number>): number => column[content] ?? 0;
      const { entry, size, kind, shown } = counts;
      return [{ content, entry: of(entry), size: of(size), kind: of(kind), copies: of(shown), keeper }];
    }),
    leftOut,
  };
}

/** Keeps as many as a page holds, of what comes after the one before. */
class LargestFirst {
  readonly #limit: number;
  readonly #after: RiskCursor | undefined;
  #kept: [size: number, content: number][] = [];
  #least: readonly [number, number] | undefined;

  constructor({ limit, after }: { readonly limit: number; readonly after?: RiskCursor | undefined }) {
    this.#limit = limit;
    this.#after = after;
  }

  offer(size: number, content: number): void {
    if (this.#after && !isBefore(this.#after, [size, content])) return;
    if (this.#least && !isBefore([size, content], this.#least)) return;
    this.#kept.push([size, content]);
    if (this.#kept.length >= this.#limit * 2) this.#cut();
  }

  contents(): number[] {
    this.#cut();
    return this.#kept.map(([, content]) => content);
  }

  #cut(): void {
    this.#kept.sort((one, other) => (isBefore(one, other) ? -1 : 1));
    this.#kept.length = Math.min(this.#kept.length, this.#limit);
    if (this.#kept.length === this.#limit) this.#least = this.#kept.at(-1);
  }
}

function isBefore([size, content]: RiskCursor, [otherSize, otherContent]: RiskCursor): boolean {
  return size > otherSize || (size === otherSize && content < otherContent);
}
