import { type FSWatcher, watch } from 'node:fs';
import type { SystemPath } from './system-path.ts';

export interface LightWatch {
  close(): void;
}
/** Called with the number the folder is watched under. */
type News = (tag: number) => void;

/** The part of Node's watcher that the system talks to, as far as it is known here. */
interface Handle {
  onchange: unknown;
  tag?: number;
  news?: News;
  close(): void;
}

/** Names are not asked for; as bytes they cost no decoding. */
const OPTIONS = { persistent: false, encoding: 'buffer' } as const;
const IGNORED = (): void => {};

/**
 * `fs.watch` on one folder, without what each of its watchers holds besides the system's watch: an emitter, its
 * listeners and a closure, a third of its memory, which counts where there are a hundred thousand. Where a version of
 * Node is made otherwise, it is an ordinary watcher.
 */
export function lightWatch(path: SystemPath, tag: number, news: News): LightWatch {
  const watcher = watch(path, OPTIONS, IGNORED);
  const handle = handleOf(watcher);
  if (!handle) {
    watcher.on('change', () => news(tag));
    watcher.on('error', () => news(tag));
    return watcher;
  }
  Object.assign(handle, { tag, news, onchange: tellNews });
  // What the handle knows its owner by.
  for (const symbol of Object.getOwnPropertySymbols(handle)) Reflect.set(handle, symbol, undefined);
  Reflect.set(watcher, '_handle', null);
  return handle;
}

/** Called by the system with a status, also for an error: then too the folder is worth a look. */
function tellNews(this: Handle): void {
  if (this.tag !== undefined) this.news?.(this.tag);
}

function handleOf(watcher: FSWatcher): Handle | undefined {
  const handle: unknown = Reflect.get(watcher, '_handle');
  if (typeof handle !== 'object' || handle === null) return undefined;
  const known = handle as Partial<Handle>;
  return typeof known.onchange === 'function' && typeof known.close === 'function' ? (handle as Handle) : undefined;
}
