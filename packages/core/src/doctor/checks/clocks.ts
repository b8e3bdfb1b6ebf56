import { MAX_DRIFT_MS } from '../../domain/hlc.ts';
import { type Finding, ok, warning } from '../finding.ts';
import type { Check } from '../world.ts';

/**
 * A library's clock never goes back. Where the system's does, changes are stamped at the last moment it had said, until
 * it has caught up; other devices refuse stamps that lie further ahead than `MAX_DRIFT_MS`.
 */
export const clocks: Check = {
  name: 'clock',
  async run(world) {
    const found: Finding[] = [];
    for (const { id, name, state } of world.libraries()) {
      if (state !== 'open') continue;
      const ahead = (await world.survey(id)).clock_ms - world.clock.now();
      const check = `clock of "${name}"`;
      found.push(
        ahead > MAX_DRIFT_MS
          ? warning(
              check,
              `the system clock is ${duration(ahead)} behind what this library has seen`,
              'set the system clock; if it was wrong before and is right now, this passes by itself',
            )
          : ok(
              check,
              ahead > 0
                ? `${duration(ahead)} ahead of the system, within what is allowed`
                : 'not ahead of the system clock',
            ),
      );
    }
    return found;
  },
};

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
