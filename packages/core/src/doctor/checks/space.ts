import { showNative } from '../../domain/native-path.ts';
import { asSdError } from '../../errors.ts';
import { sizeForPeople as bytes } from '../../domain/for-people.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';
import type { Check, DoctorWorld } from '../world.ts';

/** Below this a database cannot be sure of its next write; */
const LEAST_FREE = 500e6;
/** and below this a backup, a migration or thumbnails may not fit. */
const LITTLE_FREE = 5e9;

/** Room where we write: the data folder and the libraries. That a disk of the user's is full is theirs to know. */
export const space: Check = {
  name: 'disk space',
  async run(world) {
    const places = [
      ['data folder', world.dataFolder] as const,
      ...world
        .libraries()
        .flatMap(({ name, folder, state }) => (state === 'open' ? [[`"${name}"`, folder] as const] : [])),
    ];
    return Promise.all(places.map(([what, path]) => ofPlace(world, `disk space, ${what}`, path)));
  },
};

async function ofPlace({ space: ask }: DoctorWorld, check: string, path: string): Promise<Finding> {
  try {
    const { free, total } = await ask(path);
    const seen = `${bytes(free)} free of ${bytes(total)}`;
    const wayOut = `make room on the disk of ${showNative(path)}`;
    if (free < LEAST_FREE) return problem(check, seen, wayOut);
    return free < Math.min(LITTLE_FREE, total / 20) ? warning(check, seen, wayOut) : ok(check, seen);
  } catch (error) {
    return warning(check, asSdError(error).message, `look at ${showNative(path)}`);
  }
}
