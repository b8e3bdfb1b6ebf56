import type { Sd } from '../sd.ts';
import type { PlanSteps } from '../wire.ts';

/** The most the daemon gives in one answer. */
const MOST_PER_PAGE = 1_000;

/** Every step of a plan, page by page, also with `--json`. */
export async function* allSteps(
  sd: Sd,
  params: { readonly plan_id: string; readonly only?: string },
): AsyncGenerator<PlanSteps> {
  const daemon = await sd.daemon();
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? {} : { cursor };
    const page = (await daemon.request('query:plans.steps', { ...params, ...more, limit: MOST_PER_PAGE })) as PlanSteps;
    yield page;
    cursor = page.next_cursor;
  } while (cursor !== undefined);
}
