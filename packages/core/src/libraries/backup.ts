import { SdError } from '../errors.ts';
import { newListing } from '../folder-listing.ts';
import type { Files } from '../ports/files.ts';
import { encodeKeyEntry, isWrapped } from './key-entry.ts';
import {
  BACKUPS_FOLDER,
  BACKUP_SUFFIX,
  DATABASE_FILE,
  DESCRIPTION_FILE,
  PARTIAL_SUFFIX,
  SQLITE_COMPANIONS,
  WRAPPED_KEY_FILE,
} from './library-files.ts';
import { type LibraryDescription, writeDescription } from './library-json.ts';
import { fileName, timeStamp } from './names.ts';
import type { LibraryServices } from './services.ts';

/** What a copy of a database may need beyond its size. */
const ROOM_FACTOR = 1.05;

/**
 * Makes a backup: a folder in the shape of a library's, with a compact copy of the database as of one instant, read
 * back before it gets its name. Writers go on meanwhile. It is opened by the library's key of now; where that lies
 * behind a passphrase, the box goes with it, so that the backup can be opened on any device.
 */
export async function writeBackup(
  services: LibraryServices,
  folder: string,
  description: LibraryDescription,
  key: Uint8Array,
  where: { to?: string | undefined; label: string },
): Promise<{ path: string; bytes: number }> {
  const { files, clock } = services.platform;
  const database = `${folder}/${DATABASE_FILE}`;
  const parent = where.to ?? `${folder}/${BACKUPS_FOLDER}`;
  if (where.to === undefined) files.makeFolder(parent, { private: true });
  requireRoom(files, parent, (files.facts(database)?.size ?? 0) * ROOM_FACTOR);

  const stamp = timeStamp(clock.now());
  const path = freeName(
    files,
    `${parent}/${where.to === undefined ? `${stamp}-${where.label}` : `${fileName(description.name)} ${stamp}`}`,
  );
  const partial = path + PARTIAL_SUFFIX;
  removeBackup(files, partial);
  files.makeFolder(partial, { private: true });
  try {
    const { bytes } = await services.maintenance.run('copy', {
      from: { path: database, key },
      to: { path: `${partial}/${DATABASE_FILE}`, key },
      library: true,
      for: 'keeping',
    });
    await describeBackup(services, partial, description);
    files.rename(partial, path);
    return { path, bytes };
  } catch (error) {
    removeBackup(files, partial);
    throw error;
  }
}

/** What makes a folder with a database restorable: what the library says of itself, and its key's box if it has one. */
export async function describeBackup(
  { platform, keys }: LibraryServices,
  folder: string,
  { swap: _swap, last_backup: _last, ...description }: LibraryDescription,
): Promise<void> {
  const kept = await keys.find(description.key).catch(() => undefined);
  if (kept && isWrapped(kept.entry))
    platform.files.replaceFile(`${folder}/${WRAPPED_KEY_FILE}`, encodeKeyEntry(kept.entry), { private: true });
  writeDescription(platform.files, folder, description);
}

/** Throws `DISK_FULL` before anything is written, with the figures. */
export function requireRoom(files: Pick<Files, 'space'>, folder: string, bytes: number): void {
  const { free } = files.space(folder);
  if (free < bytes)
    throw new SdError('DISK_FULL', `this needs ${Math.ceil(bytes)} bytes, and ${folder} has ${free} free`, {
      needed: Math.ceil(bytes),
      free,
      path: folder,
    });
}

/** Removes a backup that is still partial: the files it is made of, nothing else. */
export function removeBackup(files: Files, folder: string): void {
  if (!files.facts(folder)) return;
  const made = [
    DATABASE_FILE,
    ...SQLITE_COMPANIONS.map((companion) => DATABASE_FILE + companion),
    DESCRIPTION_FILE,
    WRAPPED_KEY_FILE,
  ];
  for (const name of made) for (const suffix of ['', '.new']) files.remove(`${folder}/${name}${suffix}`);
  files.remove(folder);
}

/** Removes what backups that never finished have left in a library's folder. */
export function removePartialBackups(files: Files, folder: string): void {
  const backups = `${folder}/${BACKUPS_FOLDER}`;
  if (!files.facts(backups)) return;
  const listing = newListing();
  files.listFolder(backups, listing, (name, type) => type !== 1 || !name.endsWith(BACKUP_SUFFIX + PARTIAL_SUFFIX));
  for (const name of listing.names) removeBackup(files, `${backups}/${name}`);
}

function freeName(files: Pick<Files, 'facts'>, wanted: string): string {
  for (let copy = 1; ; copy++) {
    const path = `${wanted}${copy === 1 ? '' : `-${copy}`}${BACKUP_SUFFIX}`;
    if (!files.facts(path)) return path;
  }
}
