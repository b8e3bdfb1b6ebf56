import type { Device } from '../domain/device.ts';
import type { EventBus } from '../events.ts';
import type { Library } from '../libraries/library.ts';
import type { Platform } from '../platform.ts';
import type { Relocated } from './library-volumes.ts';
import { SpeedTests } from './speed-tests.ts';
import { type WatchRelease, Volumes } from './volume-manager.ts';
import { VolumeService } from './volume-service.ts';

export interface VolumesParts {
  readonly platform: Platform;
  readonly device: Device;
  readonly events: EventBus;
  readonly newId: () => string;
  readonly dataFolder: string;
  /** A location is found at another path, its disk being mounted elsewhere. */
  relocated(library: Library, relocated: Relocated): void;
  readonly watches: WatchRelease;
}

/** The parts of the volumes service, joined. */
export function assembleVolumes({ platform, device, events, newId, dataFolder, relocated, watches }: VolumesParts) {
  const { mounts, hashing, clock, random, log } = platform;
  const service: VolumeService = new VolumeService({
    mounts,
    hashing,
    clock,
    log,
    device: device.id,
    publish: (...news) => events.publish(...news),
    hooks: { relocated, placed: (library) => speedTests.sweep(library) },
  });
  const speedTests = new SpeedTests({ service, files: mounts.files, clock, random, log, newId });
  const volumes = new Volumes({ service, speedTests, mounts, watches, newId, dataFolder });
  return { service, speedTests, volumes };
}
