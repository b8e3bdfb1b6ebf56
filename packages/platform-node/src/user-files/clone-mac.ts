import { lstatSync } from 'node:fs';
import type { CopiedFile } from '@sd/core/ports/user-files.ts';
import { fileFacts } from '../read-files.ts';
import type { SystemPath } from '../system-path.ts';
import { type CFunction, cFunction } from './c-function.ts';
import { codeOf } from './errors.ts';

const CLONE_NOFOLLOW = 1;
const CLONE_ACL = 4;
const ZERO = Buffer.alloc(1);
/** Not here, or not of this file: it is copied in another way then. */
const NOT_SO = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EINVAL', 'ENOSYS', 'EPERM', 'EACCES']);

let call: CFunction | undefined;
let asked = false;

/** APFS clones a file with its times, rights and attributes in one call. `undefined`: not this one, or not macOS. */
export function cloneOnMac(from: SystemPath, to: SystemPath): CopiedFile | undefined {
  if (process.platform !== 'darwin') return undefined;
  if (!asked) call = cFunction('int clonefile(const char *from, const char *to, uint32_t flags)');
  asked = true;
  if (!call) return undefined;
  try {
    call(passed(from), passed(to), CLONE_NOFOLLOW | CLONE_ACL);
  } catch (error) {
    if (NOT_SO.has(codeOf(error))) return undefined;
    throw error;
  }
  return { how: 'clone', lost: [], source: fileFacts(lstatSync(from)), facts: fileFacts(lstatSync(to)) };
}

function passed(path: SystemPath): SystemPath {
  return typeof path === 'string' ? path : Buffer.concat([path, ZERO]);
}
