import { nameOfStored } from '../../domain/entry.ts';
import { type VolumeFacts, volumeFactsSchema } from '../../domain/volume.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';
import { storedName } from './root-entry.ts';

interface VolumeRow {
  readonly id: number;
  readonly uuid: Uint8Array;
  readonly fingerprint: string;
  readonly name: string;
  readonly tracked: number;
  readonly facts: string;
  readonly mount_path: string | Uint8Array | null;
  readonly first_seen_at: number;
  readonly last_seen_at: number;
}

/** A volume of this device that the library knows: it is tracked, or a location lies on it. */
export interface KnownVolume {
  readonly id: number;
  readonly uuid: Uint8Array;
  readonly fingerprint: string;
  readonly name: string;
  readonly tracked: boolean;
  readonly facts: VolumeFacts;
  /** Native path; absent while it is not mounted. */
  readonly mountPath?: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

export function listVolumes(db: ReadConnection, device: Uint8Array): KnownVolume[] {
  return db.prepare<VolumeRow>('SELECT * FROM volumes WHERE device_id = ? ORDER BY id').all(device).map(known);
}

export function volumeById(db: ReadConnection, id: number): KnownVolume | undefined {
  const row = db.prepare<VolumeRow>('SELECT * FROM volumes WHERE id = ?').get(id);
  return row && known(row);
}

function known(row: VolumeRow): KnownVolume {
  return {
    id: row.id,
    uuid: row.uuid,
    fingerprint: row.fingerprint,
    name: row.name,
    tracked: row.tracked === 1,
    facts: volumeFactsSchema.parse(JSON.parse(row.facts)),
    ...(row.mount_path === null ? {} : { mountPath: nameOfStored(row.mount_path) }),
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
  };
}

export interface NewVolume {
  readonly uuid: Uint8Array;
  readonly device: Uint8Array;
  readonly fingerprint: string;
  readonly name: string;
  readonly facts: VolumeFacts;
  readonly mountPath: string;
  readonly at: number;
}

/** Answers its id; the one it has already, where another has added it meanwhile. */
export function addVolume(tx: WriteTransaction, volume: NewVolume): number {
  const existing = tx
    .prepare<{ id: number }>('SELECT id FROM volumes WHERE device_id = ? AND fingerprint = ?')
    .get(volume.device, volume.fingerprint);
  if (existing) return existing.id;
  return tx.run(
    `INSERT INTO volumes (uuid, device_id, fingerprint, name, tracked, facts, mount_path, first_seen_at, last_seen_at, revision)
     VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?)`,
    volume.uuid,
    volume.device,
    volume.fingerprint,
    volume.name,
    JSON.stringify(volume.facts),
    storedName(volume.mountPath),
    volume.at,
    volume.at,
    tx.revision,
  ).lastId;
}

export interface VolumeChange {
  readonly name?: string;
  readonly tracked?: boolean;
  /** From what they are at the moment of writing: several parts of the core keep theirs in them. */
  readonly facts?: (now: VolumeFacts) => VolumeFacts;
  /** `null`: it is not mounted. */
  readonly mountPath?: string | null;
  readonly seenAt?: number;
}

export function changeVolume(tx: WriteTransaction, id: number, change: VolumeChange): void {
  const { name, tracked, facts, mountPath, seenAt } = change;
  const columns: [string, string | number | Uint8Array | null][] = [['revision', tx.revision]];
  if (name !== undefined) columns.push(['name', name]);
  if (tracked !== undefined) columns.push(['tracked', tracked ? 1 : 0]);
  if (facts !== undefined) {
    const row = tx.prepare<{ facts: string }>('SELECT facts FROM volumes WHERE id = ?').get(id);
    if (row) columns.push(['facts', JSON.stringify(facts(volumeFactsSchema.parse(JSON.parse(row.facts))))]);
  }
  if (mountPath !== undefined) columns.push(['mount_path', mountPath === null ? null : storedName(mountPath)]);
  if (seenAt !== undefined) columns.push(['last_seen_at', seenAt]);
  tx.run(
    `UPDATE volumes SET ${columns.map(([column]) => `${column} = ?`).join(', ')} WHERE id = ?`,
    ...columns.map(([, value]) => value),
    id,
  );
}

/** Forgets a volume that is not tracked and has no location on it. Answers whether it did. */
export function dropIdleVolume(tx: WriteTransaction, id: number): boolean {
  const row = tx
    .prepare<VolumeRow>(
      'SELECT * FROM volumes WHERE id = ? AND tracked = 0 AND NOT EXISTS (SELECT 1 FROM locations WHERE volume_id = volumes.id)',
    )
    .get(id);
  if (!row) return false;
  tx.run('DELETE FROM volumes WHERE id = ?', id);
  tx.tombstone('volumes', id, { uuid: row.uuid });
  return true;
}
