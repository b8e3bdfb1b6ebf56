import { showNative } from '@sd/core/domain/native-path.ts';
import { type ErrorCode, SdError } from '@sd/core/errors.ts';

const MEANING: Readonly<Record<string, [code: ErrorCode, what: string]>> = {
  ENOENT: ['NOT_FOUND', 'is not there'],
  ENOTDIR: ['NOT_A_FOLDER', 'is not a folder'],
  EISDIR: ['NOT_READABLE', 'is a folder'],
  ELOOP: ['NOT_READABLE', 'is a symbolic link, or lies behind too many'],
  ENAMETOOLONG: ['NOT_READABLE', 'has a longer name or path than this system takes'],
  ENXIO: ['NOT_READABLE', 'is not a regular file'],
  EEXIST: ['ALREADY_EXISTS', 'exists already'],
  ENOTEMPTY: ['CONFLICT', 'is not empty'],
  EBUSY: ['CONFLICT', 'is in use'],
  EXDEV: ['CONFLICT', 'lies on another file system'],
  EROFS: ['NOT_WRITABLE', 'lies on a read-only file system'],
  ENOSPC: ['DISK_FULL', 'does not fit: the disk is full'],
  EDQUOT: ['DISK_FULL', 'does not fit: the quota is used up'],
};

/** What the system said, as an error of the core. `intent` decides whose fault a refusal is. */
export function fsError(error: unknown, path: string, intent: 'read' | 'write' = 'read'): SdError {
  if (error instanceof SdError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const shown = showNative(path);
  if (code === 'EACCES' || code === 'EPERM') {
    return intent === 'write'
      ? new SdError('NOT_WRITABLE', `${shown} must not be written by this user`, { path: shown }, error)
      : new SdError('NOT_READABLE', `${shown} must not be read by this user`, { path: shown }, error);
  }
  const [known, what] = MEANING[code] ?? ['IO', `gave the error ${code || String(error)}`];
  return new SdError(known, `${shown} ${what}`, { path: shown }, error);
}

/** Runs `work`, with what the system says of `path` turned into an error of the core. */
export function guarded<T>(path: string, intent: 'read' | 'write', work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fsError(error, path, intent);
  }
}

export function isNothingThere(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
