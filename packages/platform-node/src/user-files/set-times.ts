import { reach } from '../system-path.ts';
import { changing } from './errors.ts';
import { setNameTimes } from './times.ts';

/** `UserFiles.setTimes`. */
export function setTimes(path: string, { modified, accessed }: { modified?: number; accessed?: number }): void {
  changing(path, () => reach(path, (system) => setNameTimes(system, nanoseconds(accessed), nanoseconds(modified))));
}

function nanoseconds(microseconds: number | undefined): bigint | undefined {
  return microseconds === undefined ? undefined : BigInt(Math.round(microseconds)) * 1000n;
}
