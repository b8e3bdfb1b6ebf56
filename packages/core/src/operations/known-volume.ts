import { deviceKey } from '../db/library/devices.ts';
import { type KnownVolume, listVolumes } from '../db/library/volumes.ts';
import type { Device } from '../domain/device.ts';
import { fold } from '../domain/fold.ts';
import { uuidToText } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** The volume of the library with that id, name or mount path. Throws `NOT_FOUND`. */
export function knownVolume(db: ReadConnection, device: Device, wanted: string): KnownVolume {
  const all = listVolumes(db, deviceKey(device));
  const found =
    all.find(({ uuid }) => uuidToText(uuid) === wanted.toLowerCase()) ??
    all.find(({ mountPath }) => mountPath === wanted) ??
    all.find(({ name }) => fold(name) === fold(wanted));
  if (found) return found;
  throw new SdError('NOT_FOUND', `no location of the library lies on a volume called ${JSON.stringify(wanted)}`, {
    known: all.map(({ name }) => name).slice(0, 20),
  });
}
