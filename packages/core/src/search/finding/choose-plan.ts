import { idsThatMayPass, shortlistOf } from '../filtering/named-ids.ts';
import type { EntryFilter } from './filter.ts';
import type { Plan } from './planner.ts';
import type { SearchWorld } from './world.ts';

/** Measured, in microseconds: to look up one entry by its id, to come by it through its content, to pass by one in a scan. */
const LOOKUP_US = 8;
const EXPANSION_US = 2;
const SCAN_US = 0.5;
/** More than so many are not looked through to see how many are left. */
const MOST_NAMED = 400_000;

/** The plan by the names, or the entries that a filter names, whichever is less to look at. `lastId`: how far a scan goes. */
export function choosePlan(world: SearchWorld, filter: EntryFilter, byName: Plan, lastId: number): Plan {
  const members = filter.where?.members;
  if (!members?.named || members.named.most > MOST_NAMED || byName.by === 'nothing') return byName;
  const shortlist = shortlistOf(members);
  const dear = byName.by === 'index' ? byName.docs * LOOKUP_US : lastId * SCAN_US;
  if (!shortlist || shortlist.most * (LOOKUP_US + EXPANSION_US) > dear) return byName;
  let ids: Float64Array | undefined;
  return {
    by: 'ids',
    most: shortlist.most,
    ids: () => (ids ??= idsThatMayPass(world.db, shortlist, { members, row: filter.where?.row }, world.check)),
  };
}
