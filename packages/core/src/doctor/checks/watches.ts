import { type Finding, ok, warning } from '../finding.ts';
import type { Check, DoctorWorld } from '../world.ts';

/** From here on other programs of the user run short of watches as well. */
const NEARLY_USED = 0.9;

/** The system's limit on watches, and how the locations are watched. */
export const watches: Check = {
  name: 'watches',
  run(world) {
    return [limit(world), ...world.locations().flatMap(ofLocation)];
  },
};

function limit(world: DoctorWorld): Finding {
  const { watches: most, used, raise } = world.watchLimits();
  const ours = world.locations().reduce((sum, { watch }) => sum + (watch?.watched ?? 0), 0);
  if (most === undefined) return ok('watches', `${ours} in use; this system names no limit`);
  const taken = Math.max(used ?? 0, ours);
  const seen = `${taken} of ${most} in use, ${ours} by us`;
  return taken > most * NEARLY_USED
    ? warning('watches', seen, raise ?? 'raise the limit of watches of this system')
    : ok('watches', seen);
}

function ofLocation({ view, watch }: ReturnType<DoctorWorld['locations']>[number]): Finding[] {
  if (!watch || watch.state === 'live' || watch.state === 'starting' || view.state === 'offline') return [];
  if (watch.state === 'off' && watch.reason === undefined) return [];
  const polled =
    watch.poll_ms === undefined ? '' : `, the rest is looked at every ${Math.round(watch.poll_ms / 1000)} s`;
  return [
    warning(
      `changes in "${view.name}"`,
      `${watch.watched} of ${watch.folders} folders are watched${polled}`,
      watch.reason ?? `sd location rescan "${view.name}" looks at once`,
    ),
  ];
}
