import { JOBS_FILE } from '../db/jobs/open.ts';
import { SdError } from '../errors.ts';
import { requireRoom } from './backup.ts';
import type { LibraryKey } from './keys.ts';
import { DATABASE_FILE, NEXT_SUFFIX } from './library-files.ts';
import type { LibraryDescription } from './library-json.ts';
import type { LibraryServices } from './services.ts';
import { removeLeftovers, swapDatabases } from './swap.ts';

const ROOM_FACTOR = 1.1;

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
  const names = [DATABASE_FILE, JOBS_FILE].filter((name) => files.facts(`${folder}/${name}`));
  requireRoom(
    files,
    folder,
    names.reduce((sum, name) => sum + (files.facts(`${folder}/${name}`)?.size ?? 0), 0) * ROOM_FACTOR,
  );
  try {
    for (const name of names) {
      await requireAlone(services, `${folder}/${name}`, key);
      const from = { path: `${folder}/${name}`, key };
      await services.maintenance.run('copy', {
        from,
        to: { path: from.path + NEXT_SUFFIX, key: next.key },
        library: name === DATABASE_FILE,
        for: 'use',
      });
    }
  } catch (error) {
    removeLeftovers(files, folder);
    throw error;
  }
  swapDatabases(
    files,
    folder,
    { ...description, key: next.id },
    { replace: names as (typeof DATABASE_FILE | typeof JOBS_FILE)[] },
  );
}

/** A log that stays after the last one has closed belongs to somebody who could still write into the old database. */
async function requireAlone({ platform, maintenance }: LibraryServices, path: string, key: Uint8Array): Promise<void> {
  if (!platform.files.facts(`${path}-wal`)) return;
  await maintenance.run('checkpoint', { path, key, whole: true });
  if (platform.files.facts(`${path}-wal`)) throw new SdError('CONFLICT', `something still has ${path} open`, { path });
}
