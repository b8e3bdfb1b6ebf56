import type { SdError } from '../errors.ts';
import type { Files } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';
import { isDamage } from './derived-file.ts';

/**
 * Opens a database beside a library's own that holds what can be asked for again. One that cannot be read is set aside
 * and a new one begun: it must not keep the library shut.
 */
export function openOrSetAside<T>(
  parts: { files: Files; log: Log; now: () => number },
  what: string,
  path: string,
  open: (path: string) => T,
): T {
  try {
    return open(path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const aside = `${path}.unreadable-${parts.now()}`;
    parts.log.error(`the ${what} of a library cannot be read; they are set aside and begun anew`, {
      path,
      aside,
      error: (error as SdError).message,
    });
    for (const suffix of ['', '-wal', '-shm'])
      if (parts.files.facts(path + suffix)) parts.files.rename(path + suffix, aside + suffix);
    return open(path);
  }
}
