import { showNative } from '@sd/core/domain/native-path.ts';
import { SdError } from '@sd/core/errors.ts';
import type { Watching } from '@sd/core/ports/watching.ts';
import { fsError } from './fs-errors.ts';
import { queueLength, watchLimits } from './inotify.ts';
import { lightWatch } from './light-watch.ts';
import { reach } from './system-path.ts';

/** One system watch per folder: the recursive form of Node's watch ends silently at the system's limit. */
export const nodeWatching: Watching = {
  watch(path, tag, news) {
    try {
      return reach(path, (folder) => lightWatch(folder, tag, counted(news)));
    } catch (error) {
      throw watchError(error, path);
    }
  },
  onLost: (call) => {
    listeners.add(call);
    return () => void listeners.delete(call);
  },
  limits: watchLimits,
};

const listeners = new Set<() => void>();

/**
 * Linux keeps so many events for a process that does not read them and drops what comes then. It says so with an event
 * that belongs to no watch, which libuv leaves out. But what was kept is all read in one go: where that is nearly all
 * that is ever kept, some may have been dropped.
 */
const NEARLY_ALL = 0.7;
let inOneGo = 0;

/** One function for all watches with the same listener. */
function counted(news: (tag: number) => void): (tag: number) => void {
  let known = countedNews.get(news);
  if (!known) {
    known = (tag) => {
      count();
      news(tag);
    };
    countedNews.set(news, known);
  }
  return known;
}
const countedNews = new WeakMap<(tag: number) => void, (tag: number) => void>();

function count(): void {
  if (inOneGo++ > 0) return;
  setImmediate(() => {
    const lost = inOneGo >= queueLength() * NEARLY_ALL;
    inOneGo = 0;
    if (lost) for (const call of listeners) call();
  });
}

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
