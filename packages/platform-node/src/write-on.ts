import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { showNative } from '@sd/core/domain/native-path.ts';
import { SdError } from '@sd/core/errors.ts';
import type { FileWriter } from '@sd/core/ports/files.ts';
import { guarded } from './fs-errors.ts';
import { reach } from './system-path.ts';

/** Without waiting where a pipe has taken the name. Windows has neither of the two flags. */
const OPEN = constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** `Files.writeOn`. */
export function writeOn(path: string, length: number): FileWriter {
  const file = guarded(path, 'write', () =>
    reach(path, (system) => openSync(system, length === 0 ? OPEN | constants.O_CREAT : OPEN, 0o600)),
  );
  try {
    guarded(path, 'write', () => cut(file, path, length));
  } catch (error) {
    closeSync(file);
    throw error;
  }
  let end = length;
  return {
    write: (bytes) =>
      guarded(path, 'write', () => {
        for (let from = 0; from < bytes.length;) {
          const written = writeSync(file, bytes, from, bytes.length - from, end);
          from += written;
          end += written;
        }
      }),
    sync: () => guarded(path, 'write', () => fsyncSync(file)),
    close: () => closeSync(file),
  };
}

function cut(file: number, path: string, length: number): void {
  const facts = fstatSync(file);
  if (!facts.isFile() || facts.size < length) {
    const what = facts.isFile() ? `has ${facts.size} bytes, fewer than the ${length} it had` : 'is not a regular file';
    throw new SdError('CONFLICT', `${showNative(path)} ${what}`, { path: showNative(path) });
  }
  ftruncateSync(file, length);
}
