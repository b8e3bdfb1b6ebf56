import { showNative } from '@sd/core/domain/native-path.ts';
import { type ErrorCode, SdError } from '@sd/core/errors.ts';
import { fsError } from '../fs-errors.ts';

/** Where the port that changes files has another word than those that read. */
const MEANING: Readonly<Record<string, [code: ErrorCode, what: string]>> = {
  EXDEV: ['CROSSES_VOLUME', 'lies on another file system'],
  ENAMETOOLONG: ['LIMIT', 'has a longer name or path than may be there'],
  EFBIG: ['LIMIT', 'is larger than a file may be there'],
  EMLINK: ['LIMIT', 'has as many names as a file may have there'],
  // What Linux answers for a name that the file system has no way to write down.
  EINVAL: ['LIMIT', 'has a name that is not possible there'],
  EILSEQ: ['LIMIT', 'has a name that is not possible there'],
  ENOTSUP: ['UNAVAILABLE', 'lies on a file system that has nothing of the kind'],
  EOPNOTSUPP: ['UNAVAILABLE', 'lies on a file system that has nothing of the kind'],
  ENOSYS: ['UNAVAILABLE', 'lies on a file system that has nothing of the kind'],
  ETXTBSY: ['CONFLICT', 'is a program that runs'],
  EPERM: ['NOT_WRITABLE', 'must not be changed by this user'],
};

export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** Runs `work`, with what the system says of `path` turned into an error of the core. */
export function changing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw changeError(error, path);
  }
}

export function changeError(error: unknown, path: string): SdError {
  if (error instanceof SdError) return error;
  const known = MEANING[codeOf(error)];
  if (!known) return fsError(error, path, 'write');
  return refusal(known[0], path, known[1], error);
}

export function refusal(code: ErrorCode, path: string, what: string, cause?: unknown): SdError {
  const shown = showNative(path);
  return new SdError(code, `${shown} ${what}`, { path: shown }, cause);
}
