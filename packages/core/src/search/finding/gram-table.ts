import type { ReadConnection } from '../../ports/sqlite.ts';
import { asRead } from '../indexed-text.ts';

export interface Gram {
  readonly gram: string;
  /** In how many names it is, at most. */
  readonly docs: number;
}

const LAST = '\u{10ffff}\u{10ffff}\u{10ffff}';

/** The trigrams of the index, looked up in bulk and once per search: its tiers ask for the same ones again. */
export class GramTable {
  readonly #db: ReadConnection;
  readonly #known = new Map<string, number>();

  constructor(db: ReadConnection) {
    this.#db = db;
  }

  /** Those of the trigrams that any name has. */
  of(grams: readonly string[]): Gram[] {
    const asked = grams.filter((gram) => !this.#known.has(gram));
    if (asked.length > 0) this.#fetch(asked);
    return grams.map((gram) => ({ gram, docs: this.#known.get(gram) ?? 0 })).filter(({ docs }) => docs > 0);
  }

  /** Up to `most` trigrams that begin so. */
  from(start: string, most: number): Gram[] {
    return this.#db
      .prepare<Gram>('SELECT gram, docs FROM names.grams WHERE gram >= ? AND gram < ? LIMIT ?')
      .all(asRead(start), asRead(start) + LAST, most);
  }

  #fetch(grams: readonly string[]): void {
    for (const gram of grams) this.#known.set(gram, 0);
    const found = this.#db
      .prepare<Gram>('SELECT gram, docs FROM json_each(?) asked CROSS JOIN names.grams ON gram = asked.value')
      .all(JSON.stringify(grams));
    for (const { gram, docs } of found) this.#known.set(gram, docs);
  }
}
