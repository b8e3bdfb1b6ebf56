import { asSdError } from '../errors.ts';
import { backups } from './checks/backups.ts';
import { clocks } from './checks/clocks.ts';
import { dataFolder } from './checks/data-folder.ts';
import { databases } from './checks/databases.ts';
import { jobs } from './checks/jobs.ts';
import { keys } from './checks/keys.ts';
import { locations } from './checks/locations.ts';
import { performance } from './checks/performance.ts';
import { services } from './checks/services.ts';
import { sidecars } from './checks/sidecars.ts';
import { space } from './checks/space.ts';
import { watches } from './checks/watches.ts';
import type { Finding } from './finding.ts';
import { warning } from './finding.ts';
import type { Check, DoctorWorld } from './world.ts';

/** Every check, listed by hand, in the order in which they are shown. */
const CHECKS: readonly Check[] = [
  dataFolder,
  keys,
  databases,
  backups,
  clocks,
  space,
  locations,
  watches,
  sidecars,
  jobs,
  services,
  performance,
];

/** How long one check may take. One that hangs, on a dead network disk say, must not take the others with it. */
const PATIENCE_MS = 30_000;

/** Runs every check, side by side, and answers what they found, in order. */
export async function diagnose(world: DoctorWorld, patienceMs = PATIENCE_MS): Promise<Finding[]> {
  const host: Check = { name: 'daemon', run: () => world.host() };
  const found = await Promise.all([...CHECKS, host].map((check) => runOne(check, world, patienceMs)));
  return found.flat();
}

async function runOne(check: Check, world: DoctorWorld, patienceMs: number): Promise<readonly Finding[]> {
  let cancel = (): void => {};
  const late = new Promise<readonly Finding[]>((resolve) => {
    cancel = world.clock.after(patienceMs, () =>
      resolve([
        warning(
          check.name,
          `it did not answer within ${Math.round(patienceMs / 1000)} s`,
          'try again when less is going on; a disk that hangs shows here',
        ),
      ]),
    );
  });
  try {
    return await Promise.race([(async () => check.run(world))(), late]);
  } catch (error) {
    const { code, message } = asSdError(error);
    return [
      warning(check.name, `it could not be looked at: ${code === 'INTERNAL' ? String(error) : message}`, 'sd logs'),
    ];
  } finally {
    cancel();
  }
}
