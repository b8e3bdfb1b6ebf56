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
    // Some drivers in user space leave both as they are when they are told of one: the last access is told again.
    fill(mtimeNs === undefined ? atimeNs : (atimeNs ?? lstatSync(path, { bigint: true }).atimeNs), mtimeNs);
    byPath(AT_FDCWD, typeof path === 'string' ? path : Buffer.concat([path, ZERO]), pair, AT_SYMLINK_NOFOLLOW);
    return;
  }
  const facts = lstatSync(path, { bigint: true });
  lutimesSync(path, secondsOf(atimeNs ?? facts.atimeNs), secondsOf(mtimeNs ?? facts.mtimeNs));
}

function fill(atimeNs: bigint | undefined, mtimeNs: bigint | undefined): void {
  for (const [at, time] of [atimeNs, mtimeNs].entries()) {
    const second = time === undefined ? 0n : divide(time, A_SECOND);
    pair[2 * at] = second;
    pair[2 * at + 1] = time === undefined ? UTIME_OMIT : time - second * A_SECOND;
  }
}

/** Rounded down: before 1970 too, the rest counts forward. */
function divide(time: bigint, by: bigint): bigint {
  const whole = time / by;
  return time < whole * by ? whole - 1n : whole;
}

/**
 * A double is up to an eighth of a microsecond off, and cut to whole nanoseconds: a quarter of one on top keeps the
 * microsecond. A number before 1970 is no time to Node, a date is.
 */
function secondsOf(time: bigint): number | Date {
  return time < 0n ? new Date(Number(divide(time, 1_000_000n))) : Number(divide(time, 1000n)) / 1e6 + 2.5e-7;
}
