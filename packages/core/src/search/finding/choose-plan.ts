import { idsThatMayPass, isWorthRemembering, rowsThatMayPass, shortlistOf } from '../filtering/named-ids.ts';
import type { FoundIds } from '../filtering/row-facts.ts';
import type { EntryFilter } from './filter.ts';
import type { Plan } from './planner.ts';
import type { SearchWorld } from './world.ts';

/** Measured, in microseconds: to look up one entry by its id, to come by it through its content, to pass by one in a scan. */
const LOOKUP_US = 8;
const EXPANSION_US = 2;
const SCAN_US = 0.5;
/** More than so many are not looked through to see how many are left. */
const MOST_NAMED = 400_000;

export interface Offered {
  readonly byName: Plan;
  /** How far a scan goes. */
  readonly lastId: number;
  /** Whether the best are wanted by what rows show, so that no scan could end early. */
  readonly sortsRows: boolean;
}

/** The plan by the names, or the entries that a filter names, whichever is less to look at. */
export function choosePlan(world: SearchWorld, filter: EntryFilter, { byName, lastId, sortsRows }: Offered): Plan {
  const { db, check } = world;
  const { members, row } = filter.where ?? {};
  if (!members?.named || members.named.most > MOST_NAMED || byName.by === 'nothing') return byName;
  const { named } = members;
  if (byName.by === 'scan' && sortsRows && isWorthRemembering(db, named))
    return byIds(named.most, () => rowsThatMayPass(db, named, { members, row }, check));
  const shortlist = shortlistOf(members);
  const dear = byName.by === 'index' ? byName.docs * LOOKUP_US : lastId * SCAN_US;
  return shortlist && shortlist.most * (LOOKUP_US + EXPANSION_US) <= dear
    ? byIds(shortlist.most, () => idsThatMayPass(db, shortlist, { members, row }, check))
    : byName;
}

/** Found once. */
function byIds(most: number, find: () => FoundIds): Plan {
  let found: FoundIds | undefined;
  return { by: 'ids', most, found: () => (found ??= find()) };
}
