import { SdError } from '../errors.ts';
import type { Lifecycle } from './lifecycle.ts';
import { holdFolder, keyOf } from './opening.ts';
import type { LibraryRecord } from './record.ts';
import { type Backup, restoreOver } from './restore.ts';

/** `LibraryManager.restore` over a library that is here. */
export async function replaceByBackup(
  lifecycle: Lifecycle,
  record: LibraryRecord,
  backup: Backup,
  backupKey: Uint8Array,
  passphrase: string | undefined,
): Promise<void> {
  if (record.id !== backup.description.id) {
    throw new SdError(
      'CONFLICT',
      `the backup is of the library "${backup.description.name}", not of "${record.name}"`,
      { backup_of: backup.description.id, way_out: 'restore it without replacing' },
    );
  }
  const keyNow = await keyOfNow(lifecycle, record, passphrase);
  await lifecycle.close(record);
  try {
    const { description, release } = holdFolder(lifecycle.services, record.folder, backup.description);
    try {
      await restoreOver(lifecycle.services, backup, backupKey, record.folder, description, keyNow);
    } finally {
      release();
    }
  } catch (error) {
    await lifecycle.tryToOpen(record);
    throw error;
  }
  await lifecycle.open(record, { key: keyNow ?? backupKey });
}

/** `undefined` where it cannot be had: a restore also serves who has lost it, and then the backup's is the library's. */
async function keyOfNow(
  lifecycle: Lifecycle,
  record: LibraryRecord,
  passphrase: string | undefined,
): Promise<Uint8Array | undefined> {
  if (record.open) return record.open.library.access.key;
  const description = lifecycle.describe(record);
  if (!description) return undefined;
  const found = await keyOf(lifecycle.services.keys, description, { passphrase, key: record.key }).catch(
    () => undefined,
  );
  return found?.key;
}
