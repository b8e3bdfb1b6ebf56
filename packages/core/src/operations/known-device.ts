import { type DeviceRow, listDevices } from '../db/library/devices.ts';
import { fold } from '../domain/fold.ts';
import { uuidToText } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** The device of the library with that id, slug or name. Throws `NOT_FOUND`. */
export function knownDevice(db: ReadConnection, wanted: string): DeviceRow {
  const all = listDevices(db);
  const found =
    all.find(({ id, slug }) => uuidToText(id) === wanted.toLowerCase() || slug === wanted) ??
    all.find(({ name }) => fold(name) === fold(wanted));
  if (found) return found;
  throw new SdError('NOT_FOUND', `no device is called ${JSON.stringify(wanted)}`, {
    known: all.map(({ slug }) => slug).slice(0, 20),
  });
}
