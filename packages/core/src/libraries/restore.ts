import { ACTIONS_FILE } from '../db/actions/open.ts';
import { JOBS_FILE } from '../db/jobs/open.ts';
import { type WriteState, carryWriteState, writeState } from '../db/library/write-state.ts';
import { refuseNewer } from '../db/migrate.ts';
import { SdError } from '../errors.ts';
import { describeBackup, removeBackup, requireRoom } from './backup.ts';
import { type KeyEntry, decodeKeyEntry, isWrapped } from './key-entry.ts';
import {
  BACKUPS_FOLDER,
  BACKUP_SUFFIX,
  DATABASE_FILE,
  NEXT_SUFFIX,
  PARTIAL_SUFFIX,
  WRAPPED_KEY_FILE,
} from './library-files.ts';
import { type LibraryDescription, readDescription, writeDescription } from './library-json.ts';
import type { BackupFacts } from './library-manager.ts';
import { timeStamp } from './names.ts';
import type { LibraryServices } from './services.ts';
import { removeLeftovers, swapDatabases } from './swap.ts';

const MOST_KEY_BYTES = 4096;

/** A backup and how its key is kept. */
export interface Backup {
  readonly path: string;
  readonly description: LibraryDescription;
  readonly entry: KeyEntry;
  /** The key came with the backup: this device does not keep it yet. */
  readonly foreign: boolean;
}

/** Reads what a backup says of itself. Throws `NOT_FOUND`, `CORRUPT`, `NEWER_FORMAT`. */
export async function readBackup({ platform, keys, format }: LibraryServices, path: string): Promise<Backup> {
  const description = readDescription(platform.files, path);
  refuseNewer(description.format, format.latest, `the backup ${path}`);
  if (!platform.files.facts(`${path}/${DATABASE_FILE}`))
    throw new SdError('CORRUPT', `${path} has no database`, { path });
  const kept = await keys.find(description.key);
  if (kept) return { path, description, entry: kept.entry, foreign: false };
  const box = `${path}/${WRAPPED_KEY_FILE}`;
  if (!platform.files.facts(box))
    throw new SdError('LIBRARY_LOCKED', 'the key of this backup is not on this device', {
      path,
      key: description.key,
      way_out: 'restore it on the device that made it',
    });
  return { path, description, entry: decodeKeyEntry(platform.files.readWhole(box, MOST_KEY_BYTES)), foreign: true };
}

export async function inspectBackup(services: LibraryServices, path: string): Promise<BackupFacts> {
  const { description, entry } = await readBackup(services, path);
  const bytes = services.platform.files.facts(`${path}/${DATABASE_FILE}`)?.size ?? 0;
  return {
    path,
    library: description.id,
    name: description.name,
    format: description.format,
    bytes,
    needs_passphrase: isWrapped(entry),
  };
}

/** Puts the backup where no library is: a folder that gets its name once everything in it is whole. */
export async function restoreInto(
  services: LibraryServices,
  backup: Backup,
  key: Uint8Array,
  folder: string,
): Promise<void> {
  const { files } = services.platform;
  const partial = folder + PARTIAL_SUFFIX;
  removeBackup(files, partial);
  files.makeFolder(partial, { private: true });
  try {
    await checkedCopy(services, backup, key, { path: `${partial}/${DATABASE_FILE}`, key }, partial);
    if (backup.foreign) await services.keys.keep(backup.description.key, backup.entry);
    const { last_backup: _elsewhere, ...description } = backup.description;
    writeDescription(files, partial, description);
    files.rename(partial, folder);
  } catch (error) {
    removeBackup(files, partial);
    throw error;
  }
}

/**
 * Makes a closed library that this process holds what the backup says. Its key stays the one of now where there is one:
 * a restore does not undo a change of key. What is replaced goes to `backups/`, itself a backup.
 */
export async function restoreOver(
  services: LibraryServices,
  backup: Backup,
  backupKey: Uint8Array,
  folder: string,
  description: LibraryDescription,
  keyNow: Uint8Array | undefined,
): Promise<void> {
  const { files, clock } = services.platform;
  const next = { path: `${folder}/${DATABASE_FILE}${NEXT_SUFFIX}`, key: keyNow ?? backupKey };
  try {
    await checkedCopy(services, backup, backupKey, next, folder);
    const before = keyNow && stateOf(services, { path: `${folder}/${DATABASE_FILE}`, key: keyNow });
    if (before) carryOver(services, next, before);
    if (!keyNow && backup.foreign) await services.keys.keep(backup.description.key, backup.entry);
  } catch (error) {
    removeLeftovers(files, folder);
    throw error;
  }
  const keep = `${timeStamp(clock.now())}-replaced${BACKUP_SUFFIX}`;
  files.makeFolder(`${folder}/${BACKUPS_FOLDER}/${keep}`, { private: true });
  await describeBackup(services, `${folder}/${BACKUPS_FOLDER}/${keep}`, description);
  const { format } = backup.description;
  swapDatabases(
    files,
    folder,
    { ...description, format, ...(keyNow ? {} : { key: backup.description.key }) },
    { replace: [DATABASE_FILE], aside: [JOBS_FILE, ACTIONS_FILE], keep },
  );
}

/** A copy of the backup's database under `to.key`, in which every page and all that must agree was looked at. */
async function checkedCopy(
  services: LibraryServices,
  { path, description }: Backup,
  key: Uint8Array,
  to: { path: string; key: Uint8Array },
  folder: string,
): Promise<void> {
  const from = { path: `${path}/${DATABASE_FILE}`, key };
  requireRoom(services.platform.files, folder, (services.platform.files.facts(from.path)?.size ?? 0) * ROOM_FACTOR);
  await services.maintenance.run('copy', { from, to, library: true, for: 'use' });
  const { problems } = await services.maintenance.run('check', { ...to, library: description.id });
  if (problems.length > 0)
    throw new SdError('CORRUPT', `the backup is damaged: ${problems[0]}`, { path, problems: problems.slice(0, 20) });
}
const ROOM_FACTOR = 1.1;

/** Where the replaced database had come to; `undefined` where it cannot be read any more. */
function stateOf({ platform }: LibraryServices, database: { path: string; key: Uint8Array }): WriteState | undefined {
  try {
    const connection = platform.sqlite.open({ ...database, mode: 'read', cacheKiB: 100 });
    try {
      return writeState(connection);
    } finally {
      connection.close();
    }
  } catch {
    return undefined;
  }
}

/** Revisions, the clock and ids that others have seen are not given a second time. */
function carryOver(
  { platform }: LibraryServices,
  database: { path: string; key: Uint8Array },
  before: WriteState,
): void {
  const connection = platform.sqlite.open({ ...database, mode: 'write', cacheKiB: 100 });
  try {
    carryWriteState(connection, before);
  } finally {
    connection.close();
  }
}
