import { integer, text } from '../declare/option.ts';
import type { Sd } from '../sd.ts';

/** Paging as every list takes it. */
export const PAGING = {
  limit: integer('N', 'print at most so many', { min: 1 }, { short: 'n' }),
  cursor: text('CURSOR', 'go on where the answer before said next_cursor'),
} as const;

/** The most the daemon gives in one answer. */
const MOST_PER_PAGE = 1000;

interface Page {
  readonly next_cursor?: string | undefined;
}

/**
 * The pages of a query, one after the other, until `wanted` items are there. With `--json` only the first: what is
 * printed is what the daemon answered, and its `next_cursor` says how to go on.
 */
export async function* pages<P extends Page>(
  sd: Sd,
  method: string,
  params: Readonly<Record<string, unknown>>,
  options: { limit: number | undefined; cursor: string | undefined; size: (page: P) => number },
): AsyncGenerator<P> {
  const daemon = await sd.daemon();
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  let cursor = options.cursor;
  while (left > 0) {
    const page = (await daemon.request(method, {
      ...params,
      limit: Math.min(left, MOST_PER_PAGE),
      ...(cursor === undefined ? {} : { cursor }),
    })) as P;
    yield page;
    left -= options.size(page);
    cursor = page.next_cursor;
    if (cursor === undefined || sd.out.json) return;
  }
}
