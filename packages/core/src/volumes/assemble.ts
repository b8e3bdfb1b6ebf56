import type { Device } from '../domain/device.ts';
import type { EventBus } from '../events.ts';
import type { Platform } from '../platform.ts';
import { SpeedTests } from './speed-tests.ts';
import { Volumes } from './volume-manager.ts';
import { VolumeService } from './volume-service.ts';
import type { VolumeUser } from './volumes.ts';

export interface VolumesParts {
  readonly platform: Platform;
  readonly device: Device;
  readonly events: EventBus;
  readonly newId: () => string;
  readonly dataFolder: string;
  isWatched(user: VolumeUser): boolean;
}

/** The parts of the volumes service, joined. */
export function assembleVolumes({ platform, device, events, newId, dataFolder, isWatched }: VolumesParts) {
  const { mounts, hashing, clock, random, log } = platform;
  const service: VolumeService = new VolumeService({
    mounts,
    hashing,
    clock,
    log,
    device: device.id,
    publish: (...news) => events.publish(...news),
    placed: (library) => speedTests.sweep(library),
  });
  const speedTests = new SpeedTests({ service, files: mounts.files, clock, random, log, newId });
  const volumes = new Volumes({ service, speedTests, mounts, clock, isWatched, newId, dataFolder });
  return { service, speedTests, volumes };
}
