import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';

/** A C function that answers a number, and -1 where it fails: then what `errno` says is thrown, as Node's own functions do. */
export type CFunction = (...values: unknown[]) => number;

interface Loaded {
  readonly library: Koffi.LibraryHandle;
  readonly errno: () => number;
  readonly names: ReadonlyMap<number, string>;
}

/** Those whose C library has the 64-bit `time_t`, `off_t` and `long` that the declarations here are written for. */
const KNOWN_SIZES = new Set(['x64', 'arm64', 'riscv64', 'loong64']);

let loaded: Loaded | undefined;
let tried = false;

/**
 * A function of the C library this process runs with, by its declaration; `undefined` where the system has none of that
 * name, or `koffi`, through which it is called, does not load here. Loaded when first asked for, once in each thread.
 */
export function cFunction(declaration: string): CFunction | undefined {
  const native = load();
  if (!native) return undefined;
  let call: (...values: unknown[]) => number;
  try {
    call = native.library.func(declaration) as never;
  } catch {
    return undefined;
  }
  return (...values) => {
    const answer = call(...values);
    if (answer === -1) throw said(native.names.get(native.errno()) ?? `errno ${native.errno()}`, declaration);
    return answer;
  };
}

function load(): Loaded | undefined {
  if (tried) return loaded;
  tried = true;
  if (process.platform === 'win32' || !KNOWN_SIZES.has(process.arch) || process.env['SD_NATIVE_CALLS'] === 'off')
    return undefined;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi;
    // Of its own two blocks of memory per thread the calls here use some bytes.
    koffi.config({ sync_stack_size: 128 * 1024, sync_heap_size: 128 * 1024 });
    const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]));
    // `null`: what the process itself is linked with, whichever C library that is.
    loaded = { library: koffi.load(null), errno: () => koffi.errno(), names };
  } catch {
    loaded = undefined;
  }
  return loaded;
}

function said(code: string, declaration: string): NodeJS.ErrnoException {
  const name = /(\w+)\(/.exec(declaration)?.[1] ?? declaration;
  return Object.assign(new Error(`${code}: ${name}`), { code, syscall: name });
}
