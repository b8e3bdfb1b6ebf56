import { type Finding, ok, warning } from '../finding.ts';
import type { Check } from '../world.ts';

const DAY_MS = 86_400_000;
const OLD_DAYS = 30;

/** An index can be made again; what a person added to it cannot. */
export const backups: Check = {
  name: 'backups',
  async run(world) {
    const found: Finding[] = [];
    for (const { id, name, state } of world.libraries()) {
      if (state !== 'open') continue;
      const at = await world.lastBackup(id);
      const check = `backup of "${name}"`;
      const days = at === undefined ? undefined : Math.floor((world.clock.now() - at) / DAY_MS);
      if (days === undefined) found.push(warning(check, 'there is none', `sd library backup "${name}"`));
      else if (days > OLD_DAYS)
        found.push(warning(check, `the last is ${days} days old`, `sd library backup "${name}"`));
      else found.push(ok(check, days < 1 ? 'of today' : `${days} days old`));
    }
    return found;
  },
};
