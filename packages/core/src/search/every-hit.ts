import type { Asking } from './asking.ts';
import { type ContentsWorld, everyContentsHit, isNamed } from './contents/contents-search.ts';
import type { Hit } from './finding/matcher.ts';
import { Prepared } from './finding/prepared.ts';
import { withoutDamage } from './finding/world.ts';

/** Calls `take` with every hit of a search, in no order that matters, as long as it answers true. */
export function everyHit(world: ContentsWorld, asking: Asking, take: (hit: Hit) => boolean): void {
  const { where, text, words, filter } = asking;
  if (where !== 'contents') {
    // What was found before the damage showed is found once more.
    const seen = new Set<number>();
    const more = withoutDamage(world, (sound) => {
      for (const hit of new Prepared(sound, { text, filter }).all()) {
        if (sound !== world && seen.has(hit.id)) continue;
        if (world.names && sound === world) seen.add(hit.id);
        if (!take(hit)) return false;
      }
      return true;
    });
    if (!more || where === 'names') return;
  }
  const except = where === 'all' ? (hit: Hit): boolean => isNamed(hit, text) : undefined;
  for (const hit of everyContentsHit(world, { query: words, filter, except })) if (!take(hit)) return;
}
