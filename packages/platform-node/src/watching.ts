import { type FSWatcher, watch } from 'node:fs';
import { decodeNative, showNative } from '@sd/core/domain/native-path.ts';
import { SdError } from '@sd/core/errors.ts';
import type { Watching } from '@sd/core/platform.ts';
import { fsError } from './fs-errors.ts';
import { reach } from './system-path.ts';

/** One system watch per folder: the recursive form of Node's watch ends silently at the system's limit. */
export const nodeWatching: Watching = {
  watch(path, onChange, onError) {
    try {
      const watcher: FSWatcher = reach(path, (folder) =>
        watch(folder, { persistent: false, encoding: 'buffer' }, (_event, name) =>
          onChange(name === null ? undefined : decodeNative(name as Buffer)),
        ),
      );
      watcher.on('error', onError);
      return { close: () => watcher.close() };
    } catch (error) {
      throw watchError(error, path);
    }
  },
  limits: () => ({}),
};

function watchError(error: unknown, path: string): SdError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE')
    return new SdError(
      'LIMIT',
      `${showNative(path)} cannot be watched: the system gives out no more watches`,
      {},
      error,
    );
  return fsError(error, path);
}
