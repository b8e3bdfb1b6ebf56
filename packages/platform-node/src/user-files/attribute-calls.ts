import { type CFunction, cFunction } from './c-function.ts';

/** A file by its path (the name itself, where it is a symbolic link), or by what is open of it. */
export type Place = Buffer | string | number;

/** How the system reads and writes extended attributes: lengths in bytes, names as bytes that end with a zero. */
export interface AttributeCalls {
  /** With no room (`undefined`): how much is needed. Throws `ERANGE` where there is not enough. */
  list(at: Place, into: Buffer | undefined): number;
  get(at: Place, name: Buffer, into: Buffer | undefined): number;
  set(at: Place, name: Buffer, value: Uint8Array): void;
  remove(at: Place, name: Buffer): void;
}

let calls: AttributeCalls | undefined;
let asked = false;

/** `undefined` where nothing can be called. */
export function attributeCalls(): AttributeCalls | undefined {
  if (!asked) {
    asked = true;
    calls = process.platform === 'linux' ? onLinux() : process.platform === 'darwin' ? onMac() : undefined;
  }
  return calls;
}

function onLinux(): AttributeCalls | undefined {
  const both = (result: string, verb: string, rest: string): readonly [CFunction, CFunction] | undefined => {
    const path = cFunction(`${result} l${verb}(const char *path${rest})`);
    const file = cFunction(`${result} f${verb}(int file${rest})`);
    return path && file && [path, file];
  };
  const list = both('long', 'listxattr', ', void *list, size_t size');
  const get = both('long', 'getxattr', ', const char *name, void *value, size_t size');
  const set = both('int', 'setxattr', ', const char *name, const void *value, size_t size, int flags');
  const remove = both('int', 'removexattr', ', const char *name');
  if (!list || !get || !set || !remove) return undefined;
  const pick = (pair: readonly [CFunction, CFunction], at: Place): CFunction => pair[typeof at === 'number' ? 1 : 0];
  return {
    list: (at, into) => pick(list, at)(passed(at), into ?? null, into?.length ?? 0),
    get: (at, name, into) => pick(get, at)(passed(at), name, into ?? null, into?.length ?? 0),
    set: (at, name, value) => void pick(set, at)(passed(at), name, value, value.length, 0),
    remove: (at, name) => void pick(remove, at)(passed(at), name),
  };
}

const XATTR_NOFOLLOW = 1;

/** The same functions with a flag, and a position that only resource forks have. */
function onMac(): AttributeCalls | undefined {
  const both = (result: string, verb: string, rest: string): readonly [CFunction, CFunction] | undefined => {
    const path = cFunction(`${result} ${verb}(const char *path${rest})`);
    const file = cFunction(`${result} f${verb}(int file${rest})`);
    return path && file && [path, file];
  };
  const list = both('long', 'listxattr', ', void *list, size_t size, int options');
  const get = both('long', 'getxattr', ', const char *name, void *value, size_t size, uint32_t position, int options');
  const set = both(
    'int',
    'setxattr',
    ', const char *name, const void *value, size_t size, uint32_t position, int options',
  );
  const remove = both('int', 'removexattr', ', const char *name, int options');
  if (!list || !get || !set || !remove) return undefined;
  const run = (pair: readonly [CFunction, CFunction], at: Place, ...rest: unknown[]): number =>
    typeof at === 'number' ? pair[1](at, ...rest, 0) : pair[0](passed(at), ...rest, XATTR_NOFOLLOW);
  return {
    list: (at, into) => run(list, at, into ?? null, into?.length ?? 0),
    get: (at, name, into) => run(get, at, name, into ?? null, into?.length ?? 0, 0),
    set: (at, name, value) => void run(set, at, name, value, value.length, 0),
    remove: (at, name) => void run(remove, at, name),
  };
}

/** Bytes have no end that C would see. */
function passed(at: Place): Place {
  return Buffer.isBuffer(at) ? Buffer.concat([at, ZERO]) : at;
}
const ZERO = Buffer.alloc(1);
