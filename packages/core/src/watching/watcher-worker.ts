import type { LiveIndex, LiveIndexParts } from '../indexing/passes/live-index.ts';
import type { Pace } from '../pace.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { WorkerPort } from '../ports/workers.ts';
import { LibraryWatch } from './library-watch.ts';
import type { FromWatcher, ToWatcher } from './protocol.ts';

export interface WatcherServices {
  liveIndex(parts: Omit<LiveIndexParts, 'isThere'>): LiveIndex;
}

/** The thread that watches the folders of one library and keeps its index true. */
export function watcherRole(
  services: WatcherServices,
): (platform: ThreadPlatform, port: WorkerPort, pace: Pace) => void {
  return (platform, port, pace) => {
    const say = (message: FromWatcher): void => port.post(message);
    let watch: LibraryWatch | undefined;
    port.onMessage((message) => {
      const told = message as ToWatcher;
      switch (told.type) {
        case 'start':
          watch = new LibraryWatch({
            index: services.liveIndex({ platform, library: told.library, owner: told.owner, pace }),
            watching: platform.watching,
            clock: platform.clock,
            pace,
            options: told.options,
            say,
          });
          return watch.look(told.unwatchable);
        case 'turn':
          return watch?.turn();
        case 'look':
          return watch?.look(told.unwatchable);
        case 'settle':
          return watch?.settle(told.number);
        case 'settle-missing':
          return watch?.settleMissing();
        case 'rest':
          return platform.giveBackMemory?.();
        case 'stop':
          return void (watch?.stop() ?? Promise.resolve()).finally(() => say({ type: 'stopped' }));
      }
    });
  };
}
