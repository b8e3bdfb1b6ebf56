import { ContentCounts } from './content-counts.ts';
import type { Hit } from '../finding/matcher.ts';

/** The hits of a search as counters want them: those with a content once per content as well. */
export class Gathered {
  readonly hits: Hit[] = [];
  /** How many of them have each content. */
  readonly contents = new ContentCounts();
  bytes = 0;

  add(hit: Hit): void {
    this.hits.push(hit);
    this.bytes += hit.size;
    if (hit.content !== null) this.contents.add(hit.content);
  }
}

/** How often each value comes. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(value: string, count = 1): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
  }
  /** Most frequent first; ties by the value. */
  entries(): [value: string, count: number][] {
    return [...this.#counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  }
}
