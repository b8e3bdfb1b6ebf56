import { type CFunction, cFunction } from './c-function.ts';
import { codeOf } from './errors.ts';

/** `_IOW(0x94, 9, int)` of linux/fs.h. */
const FICLONE = 0x40049409;
const SEEK_DATA = 3;
const SEEK_HOLE = 4;

/** What the kernel answers where these two files cannot be copied this way, but may be in another. */
const NO_WAY = new Set(['EXDEV', 'EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'ENOTTY', 'EPERM', 'EBADF', 'ETXTBSY']);
/** What says so of all files of the two file systems. */
const NEVER = new Set(['EXDEV', 'ENOTSUP', 'EOPNOTSUPP', 'ENOTTY', 'ENOSYS']);

export function isNoWay(error: unknown): boolean {
  return NO_WAY.has(codeOf(error));
}

interface Calls {
  readonly ioctl?: CFunction | undefined;
  readonly copy?: CFunction | undefined;
  readonly seek?: CFunction | undefined;
}
let known: Calls | undefined;

function calls(): Calls {
  return (known ??=
    process.platform === 'linux'
      ? {
          ioctl: cFunction('int ioctl(int file, unsigned long request, long value)'),
          copy: cFunction(
            'long copy_file_range(int a, void *ain, int b, void *bin, size_t length, unsigned int flags)',
          ),
          seek: cFunction('long lseek(int file, long offset, int whence)'),
        }
      : {});
}

/** Pairs of device numbers between which nothing can be cloned: asked once for each. */
const neverCloned = new Set<string>();

/** Lets the new file `to` share the bytes of `from`; `false` where that is not possible. */
export function clones(from: number, to: number, device: number, intoDevice: number): boolean {
  const { ioctl } = calls();
  const pair = `${device} ${intoDevice}`;
  if (!ioctl || neverCloned.has(pair)) return false;
  try {
    ioctl(to, FICLONE, from);
    return true;
  } catch (error) {
    if (!isNoWay(error)) throw error;
    if (NEVER.has(codeOf(error))) neverCloned.add(pair);
    return false;
  }
}

const offsets = [new BigInt64Array(1), new BigInt64Array(1)] as const;

/** The kernel's own copy; `undefined` where it has none. */
export function copiesRanges(): ((from: number, to: number, at: number, length: number) => number) | undefined {
  const { copy } = calls();
  return (
    copy &&
    ((from, to, at, length) => {
      offsets[0][0] = offsets[1][0] = BigInt(at);
      return copy(from, offsets[0], to, offsets[1], length, 0);
    })
  );
}

/** Where data begins at or after `at`; the rest is a hole: `Infinity`. `undefined`: it cannot be asked. */
export function nextData(file: number, at: number): number | undefined {
  return seek(file, at, SEEK_DATA);
}
export function nextHole(file: number, at: number): number | undefined {
  return seek(file, at, SEEK_HOLE);
}

function seek(file: number, at: number, whence: number): number | undefined {
  const { seek: call } = calls();
  if (!call) return undefined;
  try {
    return call(file, at, whence);
  } catch (error) {
    return codeOf(error) === 'ENXIO' ? Infinity : undefined;
  }
}
