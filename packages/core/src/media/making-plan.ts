import { contentByUuid } from '../db/library/contents.ts';
import { type LocationWithTotals, listLocations, locationById } from '../db/library/locations.ts';
import { putSidecarPass, sidecarPass } from '../db/library/sidecar-passes.ts';
import { writeState } from '../db/library/write-state.ts';
import type { WriteTransaction } from '../db/write.ts';
import { MAKERS } from '../domain/sidecar.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { candidateIds } from './candidates.ts';
import type { MakingBegin, MakingState } from './making-protocol.ts';

/** Which contents are looked at, and what may be noted once all of them were. */
export interface MakingPlan {
  readonly ids: Float64Array;
  /** `undefined`: wherever they lie. */
  readonly locations: ReadonlySet<number> | undefined;
  /** The state to go on from, with the revision it began at. */
  readonly state: MakingState;
  /** Notes that these locations are done. */
  note(tx: WriteTransaction): void;
}

/**
 * A location that was looked at as a whole by the same makers needs only what changed since: its entries say which, by
 * their revision.
 */
export function makingPlan(db: ReadConnection, { scope, state, tools }: MakingBegin): MakingPlan {
  const revision = state.revision ?? writeState(db).revision;
  const begun = { ...state, revision };
  if (scope.contents) {
    const contents = scope.contents.flatMap((uuid) => contentByUuid(db, uuid)?.id ?? []);
    const ids = candidateIds(db, { contents }, state.after);
    return { ids, locations: undefined, state: begun, note: () => {} };
  }
  const locations = locationsOf(db, scope.locations);
  const makers = JSON.stringify([MAKERS, [...tools].sort()]);
  const whole = !scope.kinds && !scope.retry;
  const passes = whole ? locations.map(({ uuid }) => sidecarPass(db, uuid)) : [];
  const known = passes.length > 0 && passes.every((pass) => pass?.makers === makers);
  const since = known ? Math.min(...passes.map((pass) => pass?.revision ?? 0)) : undefined;
  return {
    ids: candidateIds(db, since === undefined ? {} : { since }, state.after),
    locations: new Set(locations.map(({ id }) => id)),
    state: begun,
    note: (tx) => {
      if (whole) for (const { uuid } of locations) putSidecarPass(tx, uuid, { revision, makers });
    },
  };
}

function locationsOf(db: ReadConnection, ids: readonly number[] | undefined): LocationWithTotals[] {
  if (!ids) return listLocations(db).filter(({ mode }) => mode === 'deep');
  return ids.flatMap((id) => locationById(db, id) ?? []);
}
