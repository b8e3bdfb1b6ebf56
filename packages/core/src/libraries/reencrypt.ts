import { ACTIONS_FILE } from '../db/actions/open.ts';
import { JOBS_FILE } from '../db/jobs/open.ts';
import { isDamage } from '../db/derived-file.ts';
import { TEXTS_FILE } from '../db/texts/schema.ts';
import { SdError } from '../errors.ts';
import { requireRoom } from './backup.ts';
import type { LibraryKey } from './keys.ts';
import { DATABASE_FILE, NEXT_SUFFIX } from './library-files.ts';
import type { LibraryDescription } from './library-json.ts';
import type { LibraryServices } from './services.ts';
import { removeLeftovers, swapDatabases } from './swap.ts';

const ROOM_FACTOR = 1.1;
const REENCRYPTED = [DATABASE_FILE, JOBS_FILE, ACTIONS_FILE, TEXTS_FILE] as const;

/**
 * Encrypts the databases of a closed library that this process holds under `next`, which is kept already. Until
 * `library.json` names the new key everything is as it was; from then on the change will happen, whatever breaks.
 */
export async function reencrypt(
  services: LibraryServices,
  folder: string,
  description: LibraryDescription,
  key: Uint8Array,
  next: LibraryKey,
): Promise<void> {
  const { files } = services.platform;
  // The texts are derived, but to read all documents again takes hours.
  const names = REENCRYPTED.filter((name) => files.facts(`${folder}/${name}`));
  requireRoom(
    files,
    folder,
    names.reduce((sum, name) => sum + (files.facts(`${folder}/${name}`)?.size ?? 0), 0) * ROOM_FACTOR,
  );
  const replace: (typeof REENCRYPTED)[number][] = [];
  try {
    for (const name of names) if (await copied(services, folder, name, key, next)) replace.push(name);
  } catch (error) {
    removeLeftovers(files, folder);
    throw error;
  }
  swapDatabases(files, folder, { ...description, key: next.id }, { replace });
}

/** Answers false for what is damaged and can be made anew without it. */
async function copied(
  services: LibraryServices,
  folder: string,
  name: (typeof REENCRYPTED)[number],
  key: Uint8Array,
  next: LibraryKey,
): Promise<boolean> {
  const from = { path: `${folder}/${name}`, key };
  try {
    await requireAlone(services, from.path, key);
    await services.maintenance.run('copy', {
      from,
      to: { path: from.path + NEXT_SUFFIX, key: next.key },
      library: name === DATABASE_FILE,
      for: 'use',
    });
    return true;
  } catch (error) {
    if (name !== TEXTS_FILE || !isDamage(error)) throw error;
    services.platform.log.warn('the texts of documents are damaged and will be read again', { path: from.path });
    return false;
  }
}

/** A log that stays after the last one has closed belongs to somebody who could still write into the old database. */
async function requireAlone({ platform, maintenance }: LibraryServices, path: string, key: Uint8Array): Promise<void> {
  if (!platform.files.facts(`${path}-wal`)) return;
  await maintenance.run('checkpoint', { path, key, whole: true });
  if (platform.files.facts(`${path}-wal`)) throw new SdError('CONFLICT', `something still has ${path} open`, { path });
}
