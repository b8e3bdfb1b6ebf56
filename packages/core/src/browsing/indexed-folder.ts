import type { Device } from '../domain/device.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { addressOf } from './address.ts';
import { folderAt, placeOf } from './indexed-place.ts';

/** The folder of the index that a client named. Throws `NOT_FOUND` where there is none, and what `addressOf` throws. */
export function indexedFolder(text: string, db: ReadConnection, device: Device): { id: number; path: string } {
  const address = addressOf(text, device);
  const path = address.kind === 'local' ? address.path : undefined;
  const place = path === undefined ? undefined : placeOf(db, device.id, path);
  const id = place && folderAt(db, place);
  if (path === undefined || id === undefined) {
    throw new SdError('NOT_FOUND', `${JSON.stringify(text)} is no folder of the index`, {
      way_out: 'sd location list shows what is indexed; sd location add indexes it',
    });
  }
  return { id, path };
}
