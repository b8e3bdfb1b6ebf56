import { deviceKey, putDevice } from '../db/library/devices.ts';
import { setLibraryFacts } from '../db/library/facts.ts';
import { writeTransaction } from '../db/write.ts';
import { removeBackup } from './backup.ts';
import type { LibraryKey } from './keys.ts';
import { DATABASE_FILE, PARTIAL_SUFFIX } from './library-files.ts';
import { writeDescription } from './library-json.ts';
import type { LibraryServices } from './services.ts';

/** Makes an empty library: a folder that gets its name once everything in it is whole. Its key is kept already. */
export function makeLibrary(
  { platform, device, format }: LibraryServices,
  folder: string,
  { id, name, key }: { id: string; name: string; key: LibraryKey },
): void {
  const { files, sqlite, clock } = platform;
  const partial = folder + PARTIAL_SUFFIX;
  removeBackup(files, partial);
  files.makeFolder(partial, { private: true });
  const at = clock.now();
  try {
    format.create(sqlite, { path: `${partial}/${DATABASE_FILE}`, key: key.key }, (connection) =>
      writeTransaction(connection, { deviceId: deviceKey(device), now: () => at }, undefined, (tx) => {
        setLibraryFacts(tx, { id, name, created_at: at });
        putDevice(tx, device, at);
      }),
    );
    writeDescription(files, partial, { id, name, format: format.latest, key: key.id, created_at: at });
    files.rename(partial, folder);
  } catch (error) {
    removeBackup(files, partial);
    throw error;
  }
}
