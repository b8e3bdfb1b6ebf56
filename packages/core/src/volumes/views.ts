import { listLocations } from '../db/library/locations.ts';
import type { KnownVolume } from '../db/library/volumes.ts';
import { uuidToText } from '../domain/ids.ts';
import { showNative } from '../domain/native-path.ts';
import type { VolumeFacts, VolumeView } from '../domain/volume.ts';
import type { Library } from '../libraries/library.ts';
import { defaultName, factsOf } from './facts.ts';
import type { MountedVolume } from './mounted-volume.ts';
import type { VolumeService } from './volume-service.ts';

/** The volumes that are mounted, and those that the library knows and that are not. */
export async function volumeViews(
  service: VolumeService,
  library: Pick<Library, 'db'> | undefined,
): Promise<VolumeView[]> {
  const known = library ? service.volumesOf(library) : [];
  const locations = library ? listLocations(library.db) : [];
  const on = (volume: KnownVolume | undefined) => ({
    locations: locations
      .filter((row) => volume !== undefined && row.volume_id === volume.id)
      .map((row) => ({ id: uuidToText(row.uuid), name: row.name })),
  });
  const mounted = service.table.volumes.map(async (volume) => {
    const row = known.find(({ fingerprint }) => fingerprint === volume.fingerprint);
    return { ...(await mountedView(service, volume, row)), ...on(row) };
  });
  const away = known
    .filter(({ fingerprint }) => !service.table.withFingerprint(fingerprint))
    .map((row) => ({ ...awayView(row), ...on(row) }));
  return [...(await Promise.all(mounted)), ...away];
}

type Unplaced = Omit<VolumeView, 'locations'>;

async function mountedView(
  service: VolumeService,
  volume: MountedVolume,
  row: KnownVolume | undefined,
): Promise<Unplaced> {
  const { fingerprint, cloneOf, mounts } = volume;
  const space = await service.spaceOf(volume);
  const original = cloneOf === undefined ? undefined : service.table.withFingerprint(cloneOf);
  return {
    id: service.idOf(volume),
    name: showNative(row?.name ?? defaultName(volume)),
    ...shownFacts({ ...row?.facts, ...factsOf(volume) }),
    ...(space ? { capacity: space.total, free: space.free } : {}),
    mounted: true,
    mount_path: showNative(mounts[0].path),
    mount_paths: mounts.map(({ path }) => showNative(path)),
    tracked: row?.tracked ?? false,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(original ? { clone_of: service.idOf(original) } : {}),
    ...(row ? { last_seen_at: row.lastSeenAt } : {}),
  };
}

function awayView(row: KnownVolume): Unplaced {
  return {
    id: uuidToText(row.uuid),
    name: showNative(row.name),
    ...shownFacts(row.facts),
    mounted: false,
    mount_paths: [],
    tracked: row.tracked,
    fingerprint: row.fingerprint,
    last_seen_at: row.lastSeenAt,
  };
}

function shownFacts({ named: _named, test_file: _file, source, ...facts }: VolumeFacts) {
  return { ...facts, source: showNative(source) };
}
