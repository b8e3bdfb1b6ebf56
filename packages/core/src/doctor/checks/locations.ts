import { type Finding, ok, problem, warning } from '../finding.ts';
import type { Check, DoctorWorld } from '../world.ts';

export const locations: Check = {
  name: 'locations',
  run(world) {
    const all = world.locations();
    const found = all.flatMap((one) => trouble(one));
    const fine = all.length - found.length;
    if (all.length === 0) return [ok('locations', 'there are none yet')];
    return fine > 0 ? [ok('locations', `${fine} of ${all.length} there and indexed`), ...found] : found;
  },
};

function trouble({ view }: ReturnType<DoctorWorld['locations']>[number]): Finding[] {
  const check = `location "${view.name}"`;
  if (view.state === 'needs_attention')
    return [
      warning(
        check,
        `${view.attention?.would_remove ?? 'many'} of ${view.attention?.of ?? 'its'} entries are not on the disk any more, and wait for a word`,
        `sd location accept "${view.name}" if they are gone, else look at the disk and rescan`,
      ),
    ];
  if (view.state === 'unreadable')
    return [problem(check, `${view.native_path} may not be read`, 'give this user the right to read it')];
  if (view.state === 'offline')
    return [warning(check, 'it is offline; what is known of it stays', 'connect its disk, or move the folder back')];
  if (view.indexed_at === undefined && view.state !== 'indexing')
    return [warning(check, 'it was never indexed to the end', `sd location rescan "${view.name}"`)];
  return [];
}
