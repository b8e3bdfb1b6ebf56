import { libraryFormat } from '../db/library-format.ts';
import type { Device } from '../domain/device.ts';
import type { EventBus } from '../events.ts';
import type { Platform } from '../platform.ts';
import { LibraryKeys } from './keys.ts';
import { KnownFolders } from './known-folders.ts';
import { Maintenance } from './maintenance.ts';
import { Libraries } from './manager.ts';
import type { LibraryHooks, LibraryServices } from './services.ts';
import { TaskThread } from './task-thread.ts';

export interface LibrariesParts {
  readonly platform: Platform;
  readonly device: Device;
  readonly events: EventBus;
  readonly newId: () => string;
  readonly dataFolder: string;
  readonly hooks: LibraryHooks;
  /** Else this version's, and threads for it. */
  readonly formats?: Pick<LibraryServices, 'format' | 'maintenance'> | undefined;
}

/** The library manager from what the core has; `start` opens the libraries. */
export function assembleLibraries({
  platform,
  device,
  events,
  newId,
  dataFolder,
  hooks,
  formats,
}: LibrariesParts): Libraries {
  const { format, maintenance } = formats ?? { format: libraryFormat, maintenance: new Maintenance(platform.workers) };
  const keys = new LibraryKeys({
    secrets: platform.secrets,
    random: platform.random,
    newId,
    derive: async (passphrase, salt, cost) => (await maintenance.run('passphrase_key', { passphrase, salt, cost })).key,
  });
  const folders = new KnownFolders({ files: platform.files, log: platform.log, dataFolder });
  const tasks = new TaskThread(platform.workers, platform.clock);
  return new Libraries({ platform, device, events, keys, maintenance, tasks, folders, newId, hooks, format });
}
