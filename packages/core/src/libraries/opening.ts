import { deviceKey, knowsDevice, putDevice } from '../db/library/devices.ts';
import { libraryFacts } from '../db/library/facts.ts';
import { refuseNewer } from '../db/migrate.ts';
import { SdError } from '../errors.ts';
import { removePartialBackups, writeBackup } from './backup.ts';
import { checkpointIfGrown } from './checkpoints.ts';
import type { LibraryKeys } from './keys.ts';
import { OpenLibrary } from './library.ts';
import { DATABASE_FILE, LOCK_FILE } from './library-files.ts';
import { type LibraryDescription, readDescription, writeDescription } from './library-json.ts';
import type { LibrarySummary } from './library-manager.ts';
import type { LibraryServices } from './services.ts';
import { finishSwap } from './swap.ts';

export interface Opened {
  readonly library: OpenLibrary;
  readonly release: () => void;
  readonly key: Uint8Array;
  readonly protection: LibrarySummary['protection'];
}

/** What a library's folder says, its unfinished change finished, and nobody else at it until `release`. */
export interface HeldFolder {
  readonly description: LibraryDescription;
  readonly release: () => void;
}

/**
 * Takes a library's folder for this process. `instead` serves where its description is damaged, which else throws
 * `CORRUPT`. Throws `NOT_FOUND`, `NEWER_FORMAT`, `LIBRARY_IN_USE`.
 */
export function holdFolder(services: LibraryServices, folder: string, instead?: LibraryDescription): HeldFolder {
  const { files, sqlite } = services.platform;
  const describe = (): LibraryDescription => {
    try {
      return readDescription(files, folder);
    } catch (error) {
      if (instead && error instanceof SdError && error.code === 'CORRUPT') return instead;
      throw error;
    }
  };
  // Before anything is opened or locked: a library of a newer version is left exactly as it is.
  const found = describe();
  refuseNewer(found.format, services.format.latest, `the library "${found.name}"`);
  const lock = sqlite.lock(`${folder}/${LOCK_FILE}`);
  if (!lock)
    throw new SdError('LIBRARY_IN_USE', `another process has the library "${found.name}" open`, {
      folder,
      way_out: 'close it there first',
    });
  try {
    const description = finishSwap(files, folder, describe());
    tidyBackups(services, folder);
    return { description, release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens the library in `folder`: holds it, finds its key, brings it to the format of this version. */
export async function openFolder(
  services: LibraryServices,
  folder: string,
  unlock: { passphrase?: string | undefined; key?: Uint8Array | undefined },
): Promise<Opened> {
  const { description, release } = holdFolder(services, folder);
  try {
    const { key, protection } = await keyOf(services.keys, description, unlock);
    await bringUpToDate(services, folder, description, key);
    const library = openLibrary(services, folder, description, key);
    await introduceDevice(services, library);
    agreeOnName(services, description, library);
    return { library, release, key, protection };
  } catch (error) {
    release();
    throw error;
  }
}

/** What is left of backups that never finished takes room and nothing else: it keeps no library from opening. */
function tidyBackups({ platform }: LibraryServices, folder: string): void {
  try {
    removePartialBackups(platform.files, folder);
  } catch (error) {
    platform.log.warn('what is left of an unfinished backup could not be removed', { folder, error: String(error) });
  }
}

/** The key of a library. Throws `LIBRARY_LOCKED` where a passphrase is missing or this device does not have the key. */
export async function keyOf(
  keys: LibraryKeys,
  description: Pick<LibraryDescription, 'key' | 'name'>,
  unlock: { passphrase?: string | undefined; key?: Uint8Array | undefined },
): Promise<{ key: Uint8Array; protection: LibrarySummary['protection'] }> {
  const kept = await keys.find(description.key);
  if (!kept) {
    throw new SdError('LIBRARY_LOCKED', `the key of the library "${description.name}" is not on this device`, {
      key: description.key,
      way_out: 'put its key file back into the keys folder of the data folder',
    });
  }
  return {
    key: unlock.key ?? (await keys.unlock(description.key, kept.entry, unlock.passphrase)),
    protection: kept.protection,
  };
}

/** `library.json` is raised first, so that it never promises an older format than the database has. */
async function bringUpToDate(
  services: LibraryServices,
  folder: string,
  description: LibraryDescription,
  key: Uint8Array,
): Promise<void> {
  const database = { path: `${folder}/${DATABASE_FILE}`, key };
  const { latest } = services.format;
  const format = services.format.of(services.platform.sqlite, database);
  if (format < latest) {
    await writeBackup(services, folder, description, key, { label: `before-format-${latest}` });
    writeDescription(services.platform.files, folder, { ...description, format: latest });
    services.platform.log.info('a library is brought to a newer format', {
      library: description.id,
      from: format,
      to: latest,
    });
    await services.maintenance.run('migrate', database);
  } else if (description.format !== format) {
    writeDescription(services.platform.files, folder, { ...description, format });
  }
}

function openLibrary(
  services: LibraryServices,
  folder: string,
  { id, name }: LibraryDescription,
  key: Uint8Array,
): OpenLibrary {
  const { platform, device, events, tasks } = services;
  const library: OpenLibrary = new OpenLibrary({
    id,
    name,
    folder,
    key,
    sqlite: platform.sqlite,
    events,
    environment: { deviceId: deviceKey(device), now: () => platform.clock.now() },
    dataFolder: platform.files.realPath(services.folders.dataFolder),
    tasks,
    wrote: checkpointIfGrown(services, `${folder}/${DATABASE_FILE}`, key),
  });
  return library;
}

/** What the database says is the name: a rename, here or on another device, may not have reached `library.json`. */
function agreeOnName({ platform }: LibraryServices, description: LibraryDescription, library: OpenLibrary): void {
  const { name } = libraryFacts(library.db);
  if (name === undefined || name === description.name) return;
  writeDescription(platform.files, library.folder, { ...readDescription(platform.files, library.folder), name });
  library.name = name;
}

/** Every device that holds a library is among its devices, as it is called now. */
async function introduceDevice({ device, platform }: LibraryServices, library: OpenLibrary): Promise<void> {
  try {
    if (!knowsDevice(library.db, device)) await library.write((tx) => putDevice(tx, device, platform.clock.now()));
  } catch (error) {
    await library.close();
    throw error;
  }
}
