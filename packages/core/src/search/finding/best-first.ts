import type { Order, Place } from './order.ts';

/**
 * Answers the first `count` places after one, of entries whose keys are at hand. Goes over all of them with two numbers
 * each, so that many cost little; what is kept is sorted when it is twice what is wanted.
 */
export function bestFirst(
  ids: Float64Array,
  keys: Float64Array,
  { descending }: Pick<Order, 'descending'>,
): (after: Place | undefined, count: number) => Place[] {
  const sign = descending ? -1 : 1;
  const keyAt = (at: number): number => sign * (keys[at] ?? 0);
  const compare = (a: number, b: number): number => keyAt(a) - keyAt(b) || (ids[a] ?? 0) - (ids[b] ?? 0);
  return (after, count) => {
    const [afterKey, afterId] = after ? [sign * Number(after.key), after.id] : [-Infinity, -Infinity];
    let best: number[] = [];
    let worst = Infinity;
    for (let at = 0; at < ids.length; at++) {
      const key = keyAt(at);
      if (key > worst || key < afterKey || (key === afterKey && (ids[at] ?? 0) <= afterId)) continue;
      best.push(at);
      if (best.length < count * 2) continue;
      best = best.sort(compare).slice(0, count);
      worst = keyAt(best.at(-1) ?? 0);
    }
    return best
      .sort(compare)
      .slice(0, count)
      .map((at) => ({ id: ids[at] ?? 0, key: keys[at] ?? 0 }));
  };
}
