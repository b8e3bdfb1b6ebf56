import { type BigIntStats, futimesSync, lstatSync, lutimesSync } from 'node:fs';
import type { SystemPath } from '../system-path.ts';
import { type CFunction, cFunction } from './c-function.ts';

const MAC = process.platform === 'darwin';
const AT_FDCWD = MAC ? -2 : -100;
const AT_SYMLINK_NOFOLLOW = MAC ? 0x20 : 0x100;
/** In the place of nanoseconds: this one stays. */
const UTIME_OMIT = MAC ? -2n : (1n << 30n) - 2n;
const A_SECOND = 1_000_000_000n;
const ZERO = Buffer.alloc(1);

let functions: { byPath: CFunction | undefined; byFile: CFunction | undefined } | undefined;

function calls(): NonNullable<typeof functions> {
  return (functions ??= {
    byPath: cFunction('int utimensat(int folder, const char *path, const void *times, int flags)'),
    byFile: cFunction('int futimens(int file, const void *times)'),
  });
}

/** Seconds and nanoseconds of the last access and the last change. */
const pair = new BigInt64Array(4);

/** Gives what is open the times of `facts`, to the nanosecond where the system can be told so. */
export function setFileTimes(file: number, { atimeNs, mtimeNs }: BigIntStats): void {
  const { byFile } = calls();
  if (!byFile) return futimesSync(file, secondsOf(atimeNs), secondsOf(mtimeNs));
  fill(atimeNs, mtimeNs);
  byFile(file, pair);
}

/** The same for a name, itself where it is a symbolic link. `undefined` stays as it is. */
export function setNameTimes(path: SystemPath, atimeNs: bigint | undefined, mtimeNs: bigint | undefined): void {
  const { byPath } = calls();
  if (byPath) {
    fill(atimeNs, mtimeNs);
    byPath(AT_FDCWD, typeof path === 'string' ? path : Buffer.concat([path, ZERO]), pair, AT_SYMLINK_NOFOLLOW);
    return;
  }
  const facts = lstatSync(path, { bigint: true });
  lutimesSync(path, secondsOf(atimeNs ?? facts.atimeNs), secondsOf(mtimeNs ?? facts.mtimeNs));
}

function fill(atimeNs: bigint | undefined, mtimeNs: bigint | undefined): void {
  for (const [at, time] of [atimeNs, mtimeNs].entries()) {
    const second = time === undefined ? 0n : floorDivide(time);
    pair[2 * at] = second;
    pair[2 * at + 1] = time === undefined ? UTIME_OMIT : time - second * A_SECOND;
  }
}

/** Before 1970 too, nanoseconds count forward. */
function floorDivide(time: bigint): bigint {
  const second = time / A_SECOND;
  return time < second * A_SECOND ? second - 1n : second;
}

/** What a double holds of it is up to a quarter of a microsecond off, and cut: half a one on top keeps the microsecond. */
function secondsOf(time: bigint): number {
  return Number(time) / 1e9 + 5e-7;
}
