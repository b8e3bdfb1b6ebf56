import { SdError } from '../errors.ts';
import { isWrapped } from './key-entry.ts';
import { readDescription } from './library-json.ts';
import type { KeyChange } from './library-manager.ts';
import type { Lifecycle } from './lifecycle.ts';
import { holdFolder } from './opening.ts';
import type { LibraryRecord } from './record.ts';
import { reencrypt } from './reencrypt.ts';

/** `LibraryManager.changeKey` of one library. */
export async function changeKey(lifecycle: Lifecycle, record: LibraryRecord, change: KeyChange): Promise<void> {
  const { keys } = lifecycle.services;
  const key = await allowedToChange(lifecycle, record, change);
  const next = await keys.create(change.passphrase);
  const wasOpen = record.open !== undefined;
  await lifecycle.close(record);
  try {
    const { description, release } = holdFolder(lifecycle.services, record.folder);
    try {
      await reencrypt(lifecycle.services, record.folder, description, key, next);
    } finally {
      release();
    }
  } catch (error) {
    if (lifecycle.describe(record)?.key === next.id) record.key = next.key;
    else await keys.forget(next.id).catch(() => undefined);
    if (wasOpen) await lifecycle.tryToOpen(record);
    throw error;
  }
  record.protection = next.protection;
  // What was locked stays locked.
  record.key = wasOpen || next.protection !== 'passphrase' ? next.key : undefined;
  if (wasOpen) await lifecycle.open(record, { key: next.key });
}

/** The key of now. Whoever sits down at an open session must not be able to change its lock: the passphrase is asked for. */
async function allowedToChange(
  { services }: Lifecycle,
  record: LibraryRecord,
  { passphrase, current, removePassphrase }: KeyChange,
): Promise<Uint8Array> {
  if (passphrase !== undefined && removePassphrase)
    throw new SdError('INVALID_INPUT', 'a passphrase is either set or removed');
  const { key } = readDescription(services.platform.files, record.folder);
  const kept = await services.keys.find(key);
  if (!kept) throw new SdError('LIBRARY_LOCKED', `the key of the library "${record.name}" is not on this device`);
  if (isWrapped(kept.entry) && passphrase === undefined && !removePassphrase) {
    throw new SdError(
      'INVALID_INPUT',
      `the library "${record.name}" has a passphrase: say the new one, or that it goes`,
      { way_out: '--passphrase, or --remove-passphrase' },
    );
  }
  if (removePassphrase && !isWrapped(kept.entry))
    throw new SdError('CONFLICT', `the library "${record.name}" has no passphrase`);
  return services.keys.unlock(key, kept.entry, current);
}
