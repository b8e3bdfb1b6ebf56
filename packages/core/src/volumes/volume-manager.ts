import { listLocations } from '../db/library/locations.ts';
import { type KnownVolume, changeVolume, dropIdleVolume } from '../db/library/volumes.ts';
import { uuidToText } from '../domain/ids.ts';
import { showNative } from '../domain/native-path.ts';
import type { VolumeView } from '../domain/volume.ts';
import { SdError } from '../errors.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Mounts } from '../ports/mounts.ts';
import { ensureVolume } from './library-volumes.ts';
import type { MountedVolume } from './mounted-volume.ts';
import type { SpeedTests } from './speed-tests.ts';
import { volumeViews } from './views.ts';
import type { VolumeService } from './volume-service.ts';
import type { LibraryView, VolumeManager, VolumeUser } from './volumes.ts';

/** A watcher that does not let go of a location by then will not. */
const LET_GO_MS = 5_000;
const LOOK_MS = 20;

export interface VolumeManagerParts {
  readonly service: VolumeService;
  readonly mounts: Mounts;
  readonly speedTests: SpeedTests;
  readonly clock: Clock;
  /** Whether folders of the location are watched now. */
  isWatched(user: VolumeUser): boolean;
  readonly newId: () => string;
  /** Native path of the data folder: the volume it lies on is never let go of. */
  readonly dataFolder: string;
}

/** What clients may do with volumes. */
export class Volumes implements VolumeManager {
  readonly #parts: VolumeManagerParts;

  constructor(parts: VolumeManagerParts) {
    this.#parts = parts;
  }

  list(library?: LibraryView): Promise<VolumeView[]> {
    return volumeViews(this.#parts.service, library);
  }

  async find(selector: string, library?: LibraryView): Promise<VolumeView> {
    const all = await this.list(library);
    const byId = all.find(({ id }) => id === selector.toLowerCase());
    const byPath = all.find(({ mount_paths }) => mount_paths.includes(selector.replace(/(.)\/+$/, '$1')));
    const named = all.filter(({ name }) => name.toLowerCase() === selector.toLowerCase());
    const found = byId ?? byPath ?? named[0];
    if (found && (found !== named[0] || named.length === 1 || byId || byPath)) return found;
    if (found)
      throw new SdError('INVALID_INPUT', `${named.length} volumes are called ${JSON.stringify(selector)}`, {
        way_out: `name it by its mount path or its id: ${named.map(({ id, mount_path }) => mount_path ?? id).join(', ')}`,
      });
    throw new SdError('NOT_FOUND', `no volume is called ${JSON.stringify(selector)}`, {
      known: all.slice(0, 20).map(({ name }) => name),
      way_out: 'sd volume list shows those there are',
    });
  }

  users(id: string): readonly VolumeUser[] {
    const { service } = this.#parts;
    return service.libraries.flatMap((library) => {
      const known = service.volumesOf(library).find(({ uuid }) => uuidToText(uuid) === id);
      return listLocations(library.db)
        .filter((row) => known !== undefined && row.volume_id === known.id)
        .map((row) => ({ library: library.id, location: uuidToText(row.uuid), name: row.name }));
    });
  }

  async checkSpeedTest(id: string, bytes: number): Promise<void> {
    await this.#parts.speedTests.check(id, bytes);
  }

  look(): Promise<void> {
    return this.#parts.service.look();
  }

  async track(library: Library, id: string): Promise<string> {
    const { service, newId } = this.#parts;
    const known = this.#known(library, id);
    if (known) {
      await this.#change(library, known, { tracked: true });
      return id;
    }
    let volume = this.#mounted(id);
    const [{ path }] = volume.mounts;
    if (volume.cloneOf !== undefined)
      throw new SdError(
        'CONFLICT',
        `the volume at ${showNative(path)} has the same UUID as another one that is mounted`,
        {
          way_out: 'give one of them another UUID, or unmount the other one',
        },
      );
    if (volume.fingerprint === undefined) {
      await service.idFiles.write(volume.mounts[0], newId());
      await service.look();
      const named = service.table.volumes.find(({ mounts }) => mounts[0].path === path);
      if (named?.fingerprint === undefined)
        throw new SdError('IO', `the volume at ${showNative(path)} does not show the file that was just written to it`);
      volume = named;
    }
    const { fingerprint } = volume;
    if (fingerprint === undefined) throw new Error('a volume to be tracked has a fingerprint');
    const capacity = (await service.spaceOf(volume))?.total;
    await library.write((tx) => {
      const row = ensureVolume(tx, volume, fingerprint, service.placing(), capacity);
      changeVolume(tx, row, { tracked: true });
      tx.target(showNative(path));
      tx.emit({ resource: 'volume', change: 'updated', ids: [service.idOf(volume)] });
    });
    return service.idOf(volume);
  }

  async untrack(library: Library, id: string): Promise<void> {
    const known = this.#known(library, id);
    if (!known?.tracked) throw new SdError('NOT_FOUND', 'the library does not track that volume');
    await library.write((tx) => {
      changeVolume(tx, known.id, { tracked: false });
      const dropped = dropIdleVolume(tx, known.id);
      tx.target(known.name);
      tx.emit({ resource: 'volume', change: dropped ? 'deleted' : 'updated', ids: [id] });
    });
  }

  async rename(library: Library, id: string, name: string): Promise<void> {
    const known = this.#known(library, id);
    if (!known)
      throw new SdError('NOT_FOUND', 'the library keeps nothing of that volume', {
        way_out: 'track it first: sd volume track',
      });
    await this.#change(library, known, { name, facts: (facts) => ({ ...facts, named: true }) });
  }

  async eject(id: string): Promise<void> {
    const { service, mounts, dataFolder } = this.#parts;
    const volume = this.#mounted(id);
    const holding = [dataFolder, ...service.libraries.map(({ folder }) => folder)].find((folder) => {
      const mount = service.table.mountOf(folder);
      return mount !== undefined && volume.mounts.includes(mount);
    });
    if (holding !== undefined)
      throw new SdError('CONFLICT', `${showNative(holding)} lies on it, and is open`, {
        way_out: 'close the library that lies on it (sd library close), or stop the daemon, and eject it by hand',
      });
    const takeBack = await service.setAside(volume);
    try {
      await this.#letGo(this.users(id));
      // What is mounted below another mount of it goes first.
      for (const mount of volume.mounts.toSorted((a, b) => b.path.length - a.path.length)) await mounts.eject(mount);
    } finally {
      await takeBack();
    }
  }

  /** Its locations are offline by now, and what watches them hears of it. */
  async #letGo(users: readonly VolumeUser[]): Promise<void> {
    const { clock, isWatched } = this.#parts;
    const until = clock.monotonic() + LET_GO_MS;
    while (users.some(isWatched) && clock.monotonic() < until)
      await new Promise<void>((resolve) => void clock.after(LOOK_MS, resolve));
  }

  #mounted(id: string): MountedVolume {
    const { service } = this.#parts;
    const volume = service.table.volumes.find((one) => service.idOf(one) === id);
    if (!volume) throw new SdError('OFFLINE', 'the volume is not mounted now', { way_out: 'mount it, and try again' });
    return volume;
  }

  #known(library: Library, id: string): KnownVolume | undefined {
    return this.#parts.service.volumesOf(library).find(({ uuid }) => uuidToText(uuid) === id);
  }

  async #change(library: Library, known: KnownVolume, change: Parameters<typeof changeVolume>[2]): Promise<void> {
    await library.write((tx) => {
      changeVolume(tx, known.id, change);
      tx.target(known.name);
      tx.emit({ resource: 'volume', change: 'updated', ids: [uuidToText(known.uuid)] });
    });
  }
}
