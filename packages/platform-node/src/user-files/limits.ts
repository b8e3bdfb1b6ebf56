import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { decodeNative } from '@sd/core/domain/native-path.ts';
import type { NameLimits } from '@sd/core/ports/user-files.ts';
import { type SystemPath, fromSystem, reach } from '../system-path.ts';
import { keepsAttributes } from './attributes.ts';
import { type CFunction, cFunction } from './c-function.ts';
import { isCaseSensitive } from './case.ts';
import { changing, codeOf, refusal } from './errors.ts';
import { kindOf } from './file-system-kinds.ts';
import { mountOf } from './mount-of.ts';

/** NAME_MAX of every system here, and what a path may have in one call. */
const LONGEST_NAME = 255;
const LONGEST_PATH = { linux: 4095, darwin: 1023, win32: 32_767 } as const;

/** `UserFiles.limits`. */
export function limits(folder: string): NameLimits {
  return changing(folder, () => {
    const real = reach(folder, (system) => {
      if (!statSync(system).isDirectory()) throw refusal('NOT_A_FOLDER', folder, 'is not a folder');
      return fromSystem(decodeNative(realpathSync.native(system, 'buffer')));
    });
    const mount = mountOf(real);
    const { lacks = [], ...kind } = mount ? kindOf(mount.fileSystem, [...mount.options, ...mount.superOptions]) : {};
    const missing = reach(real, keepsAttributes) ? lacks : [...new Set([...lacks, 'attributes' as const])];
    const encoding = kind.encoding ?? (process.platform === 'win32' ? 'utf16' : 'utf8');
    return {
      ...kind,
      nameLength: kind.nameLength ?? reach(real, longestName) ?? LONGEST_NAME,
      encoding,
      pathLength: LONGEST_PATH[process.platform as keyof typeof LONGEST_PATH] ?? LONGEST_PATH.darwin,
      caseSensitive: kind.caseSensitive ?? isCaseSensitive(real),
      readOnly: reach(real, isReadOnly),
      lacks: missing,
    };
  });
}

/** Told of the whole file system, whatever rights there are in it. */
function isReadOnly(folder: SystemPath): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch (error) {
    return codeOf(error) === 'EROFS';
  }
}

/** Where `struct statvfs` of 64-bit Linux, of glibc and musl alike, has `f_namemax`. */
const NAME_MAX_AT = 80;
const facts = Buffer.alloc(256);
let call: CFunction | undefined;
let asked = false;

/** Encrypting file systems leave less room than others. */
function longestName(folder: SystemPath): number | undefined {
  if (process.platform !== 'linux') return undefined;
  if (!asked) call = cFunction('int statvfs(const char *path, void *facts)');
  asked = true;
  if (!call) return undefined;
  call(typeof folder === 'string' ? folder : Buffer.concat([folder, Buffer.alloc(1)]), facts);
  return Number(facts.readBigUInt64LE(NAME_MAX_AT));
}
