import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LibraryKeys } from '@sd/core/libraries/keys.ts';
import { readDescription } from '@sd/core/libraries/library-json.ts';
import { lineLog } from '@sd/platform-node/line-log.ts';
import { nodePlatform } from '@sd/platform-node/platform.ts';

/** What opens the only library of a data folder for reading, beside the daemon that has it open. */
export async function libraryAccess(dataFolder: string) {
  const platform = nodePlatform({ dataFolder, log: lineLog({}), keychain: false });
  const libraries = join(dataFolder, 'libraries');
  const folder = join(libraries, readdirSync(libraries).find((name) => name.endsWith('.sdlibrary')) ?? '');
  const { id, key } = readDescription(platform.files, folder);
  const keys = new LibraryKeys({
    secrets: platform.secrets,
    random: platform.random,
    newId: () => '',
    derive: () => Promise.reject(new Error('no passphrase here')),
  });
  return {
    id,
    folder,
    databasePath: join(folder, 'library.db'),
    key: await keys.unlock(key, await entryOf(keys, key), undefined),
    lock: new SharedArrayBuffer(12),
    deviceId: new Uint8Array(16),
    platform,
  };
}

async function entryOf(keys: LibraryKeys, id: string) {
  const found = await keys.find(id);
  if (!found) throw new Error('the key of the library is not in its data folder');
  return found.entry;
}
