import type { Device } from '../../domain/device.ts';
import { uuidFromText } from '../../domain/ids.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';

/** A row of `devices`: who holds this library. Anyone may write it, so it syncs as a log. */
export interface DeviceRow {
  readonly id: Uint8Array;
  readonly name: string;
  readonly slug: string;
  /** Ed25519, 32 bytes. */
  readonly public_key: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly added_at: number;
}

export function listDevices(db: ReadConnection): DeviceRow[] {
  return db.prepare<DeviceRow>('SELECT id, name, slug, public_key, added_at FROM devices ORDER BY added_at, id').all();
}

function deviceById(db: ReadConnection, id: Uint8Array): DeviceRow | undefined {
  return db.prepare<DeviceRow>('SELECT id, name, slug, public_key, added_at FROM devices WHERE id = ?').get(id);
}

/** Whether the library knows this device as it is now. */
export function knowsDevice(db: ReadConnection, device: Device): boolean {
  const row = deviceById(db, deviceKey(device));
  return (
    row !== undefined && row.name === device.name && row.slug === device.slug && equal(row.public_key, device.publicKey)
  );
}

export function putDevice(tx: WriteTransaction, device: Device, at: number): void {
  const id = deviceKey(device);
  tx.run(
    `INSERT INTO devices (id, name, slug, public_key, added_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, slug = excluded.slug, public_key = excluded.public_key`,
    id,
    device.name,
    device.slug,
    device.publicKey,
    at,
  );
  tx.logged('devices', id, { name: device.name, slug: device.slug, public_key: device.publicKey, added_at: at });
}

export function deviceKey(device: Pick<Device, 'id'>): Uint8Array {
  const id = uuidFromText(device.id);
  if (!id) throw new Error(`the device's id is no UUID: ${device.id}`);
  return id;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
