import { renameRootEntry, storedName } from '../db/library/root-entry.ts';
import { type LocationWithTotals, listLocations, updateLocation } from '../db/library/locations.ts';
import { type KnownVolume, addVolume, changeVolume, dropIdleVolume, listVolumes } from '../db/library/volumes.ts';
import { nameOfStored } from '../domain/entry.ts';
import { uuidToText } from '../domain/ids.ts';
import { basenameOf, isWithin } from '../domain/native-path.ts';
import type { VolumeFacts } from '../domain/volume.ts';
import type { Library, LibraryWriteTransaction } from '../libraries/library.ts';
import type { FileFacts } from '../ports/files.ts';
import { defaultName, factsOf } from './facts.ts';
import type { MountTable } from './mount-table.ts';
import type { MountedVolume } from './mounted-volume.ts';
import { type Placement, placementOf } from './placement.ts';

export interface PlacingParts {
  readonly table: MountTable;
  /** 16 bytes. */
  readonly device: Uint8Array;
  readonly now: number;
  uuidOf(volume: MountedVolume): Uint8Array;
  /** Asks the disk; throws where it does not answer. */
  facts(path: string): Promise<FileFacts | undefined>;
  /** In bytes; `undefined` where the disk does not answer. */
  capacity(volume: MountedVolume): Promise<number | undefined>;
}

/** Brings a library's volumes, and where its locations are, up to date with what is mounted; in one write, or none. */
export async function placeLibrary(library: Library, parts: PlacingParts): Promise<void> {
  const volumes = listVolumes(library.db, parts.device);
  const rows = listLocations(library.db).filter((row) => isOf(row.device_id, parts.device));
  const placed = withoutConflicts(await Promise.all(rows.map((row) => place(row, volumes, parts))));
  const moves = placed.flatMap(({ row, placement }) =>
    placement && differs(row, placement, volumes) ? [{ row, placement }] : [],
  );
  const seen = await Promise.all(volumes.map((volume) => changeOf(volume, parts)));
  const capacities = new Map(
    await Promise.all(
      parts.table.volumes
        .filter(({ fingerprint }) =>
          moves.some(({ placement }) => placement.at === 'volume' && placement.fingerprint === fingerprint),
        )
        .map(async (volume) => [volume, await parts.capacity(volume)] as const),
    ),
  );
  if (moves.length === 0 && seen.every((change) => change === undefined) && !volumes.some((one) => isIdle(one, rows)))
    return;
  await library.write((tx) => {
    for (const { row, placement } of moves) writePlacement(tx, row, placement, parts, capacities);
    for (const [at, volume] of volumes.entries()) {
      const change = seen[at];
      if (change) {
        changeVolume(tx, volume.id, change);
        tx.emit({ resource: 'volume', change: 'updated', ids: [uuidToText(volume.uuid)] });
      }
      if (isIdle(volume, rows) && dropIdleVolume(tx, volume.id))
        tx.emit({ resource: 'volume', change: 'deleted', ids: [uuidToText(volume.uuid)] });
    }
  });
}

interface Placed {
  readonly row: LocationWithTotals;
  /** Absent where the disk does not answer: then nothing changes. */
  readonly placement: Placement | undefined;
}

async function place(row: LocationWithTotals, volumes: readonly KnownVolume[], parts: PlacingParts): Promise<Placed> {
  const volume = volumes.find(({ id }) => id === row.volume_id);
  const on =
    volume && row.volume_path !== null
      ? { fingerprint: volume.fingerprint, path: nameOfStored(row.volume_path), source: volume.facts.source }
      : undefined;
  const { root_device, root_inode } = row;
  const noted = { path: nameOfStored(row.path), root_device, root_inode, ...(on ? { volume: on } : {}) };
  try {
    return { row, placement: await placementOf(noted, parts.table, parts.facts) };
  } catch {
    return { row, placement: undefined };
  }
}

/** One file belongs to one location: one that came to lie in another is not taken to be there. */
function withoutConflicts(all: readonly Placed[]): Placed[] {
  const pathOf = ({ row, placement }: Placed): string =>
    placement?.at === 'volume' ? placement.path : nameOfStored(row.path);
  const moved = (one: Placed): boolean => one.placement?.at === 'volume' && pathOf(one) !== nameOfStored(one.row.path);
  return all.map((one) => {
    const overlaps = (other: Placed): boolean =>
      other !== one &&
      other.placement?.at !== 'away' &&
      (isWithin(pathOf(one), pathOf(other)) || isWithin(pathOf(other), pathOf(one))) &&
      // Of two that came to one place, the one that is known longer is there.
      (!moved(other) || other.row.id < one.row.id);
    return moved(one) && all.some(overlaps) ? { ...one, placement: { at: 'away' } } : one;
  });
}

function differs(row: LocationWithTotals, placement: Placement, volumes: readonly KnownVolume[]): boolean {
  if (placement.at !== 'volume') return row.volume_away !== (placement.at === 'away' ? 1 : 0);
  const volume = volumes.find(({ id }) => id === row.volume_id);
  return (
    row.volume_away !== 0 ||
    volume?.fingerprint !== placement.fingerprint ||
    row.volume_path === null ||
    nameOfStored(row.volume_path) !== placement.volumePath ||
    nameOfStored(row.path) !== placement.path ||
    row.root_device !== placement.device
  );
}

function writePlacement(
  tx: LibraryWriteTransaction,
  row: LocationWithTotals,
  placement: Placement,
  parts: PlacingParts,
  capacities: ReadonlyMap<MountedVolume, number | undefined>,
): void {
  const id = uuidToText(row.uuid);
  const from = nameOfStored(row.path);
  if (placement.at !== 'volume') {
    updateLocation(tx, row.id, { volume_away: placement.at === 'away' ? 1 : 0 });
    tx.emit({
      resource: 'location',
      change: 'updated',
      ids: [id],
      path: from,
      data: { away: placement.at === 'away' },
    });
    return;
  }
  const { path: to, volumePath, device } = placement;
  const volume = parts.table.withFingerprint(placement.fingerprint);
  if (!volume) throw new Error('a location is on a volume that is mounted');
  updateLocation(tx, row.id, {
    path: storedName(to),
    volume_id: ensureVolume(tx, volume, placement.fingerprint, parts, capacities.get(volume)),
    volume_path: storedName(volumePath),
    volume_away: 0,
    root_device: device,
  });
  if (from !== to) renameRootEntry(tx, row.root_entry_id, basenameOf(to));
  tx.emit({ resource: 'location', change: 'updated', ids: [id], path: to, data: { away: false } });
}

/** The row of a mounted volume; made where there is none. */
export function ensureVolume(
  tx: LibraryWriteTransaction,
  volume: MountedVolume,
  fingerprint: string,
  parts: Pick<PlacingParts, 'device' | 'now' | 'uuidOf'>,
  capacity: number | undefined,
): number {
  const uuid = parts.uuidOf(volume);
  const known = tx.prepare<{ id: number }>('SELECT id FROM volumes WHERE uuid = ?').get(uuid);
  if (known) return known.id;
  tx.emit({ resource: 'volume', change: 'created', ids: [uuidToText(uuid)] });
  return addVolume(tx, {
    uuid,
    device: parts.device,
    fingerprint,
    name: defaultName(volume),
    facts: { ...factsOf(volume), ...(capacity === undefined ? {} : { capacity }) },
    mountPath: volume.mounts[0].path,
    at: parts.now,
  });
}

/** What is to be written of a volume that the library knows. */
async function changeOf(known: KnownVolume, parts: PlacingParts) {
  const mounted = parts.table.withFingerprint(known.fingerprint);
  if (!mounted) return known.mountPath === undefined ? undefined : { mountPath: null, seenAt: parts.now };
  const seen = factsOf(mounted);
  const capacity = known.facts.capacity ?? (await parts.capacity(mounted));
  const withSeen = (now: VolumeFacts): VolumeFacts => {
    const { named, speed, test_file } = now;
    return { ...seen, ...defined({ capacity, named, speed, test_file }) };
  };
  const [{ path, label }] = mounted.mounts;
  // Where no label gives the name, it keeps the one it got from where it was first mounted.
  const name = known.facts.named || label === undefined ? known.name : defaultName(mounted);
  if (known.mountPath === path && name === known.name && sameFacts(withSeen(known.facts), known.facts))
    return undefined;
  return { facts: withSeen, mountPath: path, seenAt: parts.now, name };
}

function isIdle(volume: KnownVolume, rows: readonly LocationWithTotals[]): boolean {
  const { speed, test_file } = volume.facts;
  return (
    !volume.tracked &&
    speed === undefined &&
    test_file === undefined &&
    !rows.some((row) => row.volume_id === volume.id)
  );
}

function sameFacts(a: VolumeFacts, b: VolumeFacts): boolean {
  const sorted = (facts: VolumeFacts): string =>
    JSON.stringify(Object.entries(facts).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

function defined<T extends object>(object: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}

function isOf(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
