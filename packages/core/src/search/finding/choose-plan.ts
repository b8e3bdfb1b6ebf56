import { idsOfNamed } from '../filtering/named-ids.ts';
import type { EntryFilter } from './filter.ts';
import type { Plan } from './planner.ts';
import type { SearchWorld } from './world.ts';

/** Measured, in microseconds: to look up one entry by its id, to come by it through its content, to pass by one in a scan. */
const LOOKUP_US = 8;
const EXPANSION_US = 2;
const SCAN_US = 0.15;

/** The plan by the names, or the entries that a filter names, whichever is less to look at. `lastId`: how far a scan goes. */
export function choosePlan(world: SearchWorld, filter: EntryFilter, byName: Plan, lastId: number): Plan {
  const members = filter.where?.members;
  const named = members?.named;
  if (!members || !named || byName.by === 'nothing') return byName;
  const dear = byName.by === 'index' ? byName.docs * LOOKUP_US : lastId * SCAN_US;
  if (named.most * (LOOKUP_US + EXPANSION_US) > dear && named.most > FEW) return byName;
  let ids: Float64Array | undefined;
  return {
    by: 'ids',
    most: named.most,
    ids: () => (ids ??= idsOfNamed(world.db, named, members, world.check)),
  };
}

/** So few are looked up in any case. */
const FEW = 1000;
