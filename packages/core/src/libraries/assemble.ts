import type { Device } from '../domain/device.ts';
import type { EventBus } from '../events.ts';
import type { Platform } from '../platform.ts';
import { LibraryKeys } from './keys.ts';
import { KnownFolders } from './known-folders.ts';
import { Maintenance } from './maintenance.ts';
import { Libraries } from './manager.ts';
import type { LibraryHooks } from './services.ts';

/** The library manager from what the core has; `start` opens the libraries. */
export function assembleLibraries(parts: {
  platform: Platform;
  device: Device;
  events: EventBus;
  newId: () => string;
  dataFolder: string;
  hooks: LibraryHooks;
}): Libraries {
  const { platform, device, events, newId, dataFolder, hooks } = parts;
  const maintenance = new Maintenance(platform.workers);
  const keys = new LibraryKeys({
    secrets: platform.secrets,
    random: platform.random,
    newId,
    derive: async (passphrase, salt, cost) => (await maintenance.run('passphrase_key', { passphrase, salt, cost })).key,
  });
  const folders = new KnownFolders({ files: platform.files, log: platform.log, dataFolder });
  return new Libraries({ platform, device, events, keys, maintenance, folders, newId, hooks });
}
