import { type Stretch, stretchesOf } from '../../db/actions/stretches.ts';
import type { PlannerMount } from '../protocol.ts';
import type { Located } from './locate.ts';
import { USUAL_PACE, msOf, paceOf } from './pace.ts';
import type { Planned, PlanningParts } from './parts.ts';

/** So many times as long as what was done until now took all in all; what a second of copying says of hours is nothing. */
const FURTHEST = 50;

/**
 * How long it takes to copy `sources`, what goes by renames not among them: by what copies between these file systems
 * took, else by the speeds that were measured of their volumes; nothing where neither is known.
 */
export function expectedTime(
  operation: string,
  sources: readonly Located[],
  folder: { readonly path: string },
  { disk, actions, out }: Pick<PlanningParts, 'disk' | 'actions' | 'out'>,
): Pick<Planned, 'expectedMs' | 'route'> {
  const to = disk.mountOf(folder.path);
  const from = [...new Set(sources.map(({ path }) => disk.mountOf(path)))];
  const [first] = from;
  if (!to || !first) return {};
  const work = { steps: out.working, bytes: out.totals.bytes };
  const route = from.length === 1 ? `${operation}\n${first.identity}\n${to.identity}` : undefined;
  const took = route === undefined ? undefined : learned(work, stretchesOf(actions, route));
  const expectedMs = took ?? measured(work, from, to);
  return {
    ...(route === undefined ? {} : { route }),
    ...(expectedMs === undefined ? {} : { expectedMs: Math.round(expectedMs) }),
  };
}

type Work = Pick<Stretch, 'steps' | 'bytes'>;

function learned(work: Work, stretches: readonly Stretch[]): number | undefined {
  if (stretches.length === 0) return undefined;
  const ms = msOf(work, paceOf(stretches));
  const known = stretches.reduce((sum, stretch) => sum + stretch.ms, 0);
  return ms <= known * FURTHEST ? ms : undefined;
}

function measured(
  { steps, bytes }: Work,
  from: readonly (PlannerMount | undefined)[],
  to: PlannerMount,
): number | undefined {
  const slowest = Math.min(...from.map((mount) => mount?.readSpeed ?? Number.NaN));
  if (!to.writeSpeed || !(slowest > 0)) return undefined;
  // Read and written at once on two disks; on one, they wait for each other.
  const apart = from.every((mount) => mount?.superblock !== to.superblock);
  const seconds = apart ? bytes / Math.min(slowest, to.writeSpeed) : bytes / slowest + bytes / to.writeSpeed;
  return seconds * 1000 + steps * USUAL_PACE.step;
}
