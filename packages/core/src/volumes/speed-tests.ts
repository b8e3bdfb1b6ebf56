import { changeVolume } from '../db/library/volumes.ts';
import { basenameOf, joinNative, showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { VolumeFiles } from '../ports/mounts.ts';
import type { Random } from '../ports/random.ts';
import { ensureVolume } from './library-volumes.ts';
import type { MountedVolume } from './mounted-volume.ts';
import { type Speed, type SpeedTestParts, markerOf, measureSpeed, testFile } from './speed-test.ts';
import type { VolumeService } from './volume-service.ts';

export interface SpeedTestsParts {
  readonly service: VolumeService;
  readonly files: VolumeFiles;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly newId: () => string;
}

/** Speed tests of volumes. The name of the file is in the library before the file is on the disk, so that none is left. */
export class SpeedTests {
  readonly #parts: SpeedTestsParts;
  /** Paths of the files of tests that run now. */
  readonly #running = new Set<string>();

  constructor(parts: SpeedTestsParts) {
    this.#parts = parts;
  }

  /**
   * Measures a mounted volume, and keeps the result with it. `undefined`: told to stop. Throws `OFFLINE`,
   * `NOT_WRITABLE`, `DISK_FULL` where the file would take more than half of the free room, `CONFLICT` where nothing
   * tells the volume from another, and what the disk says.
   */
  async run(
    library: Library,
    id: string,
    bytes: number,
    { signal, progress }: Pick<SpeedTestParts, 'signal' | 'progress'>,
  ): Promise<Speed | undefined> {
    const { service, files, clock, random } = this.#parts;
    const volume = await this.check(id, bytes);
    await this.sweep(library);
    const { name, marker } = testFile(this.#parts.newId());
    const path = joinNative(this.#folderOn(volume, library), name);
    const place = service.table.placeOf(path);
    if (!place) throw offline(volume.mounts[0].path);
    this.#running.add(path);
    const row = await library.write((tx) => {
      const known = ensureVolume(tx, volume, place.fingerprint, service.placing(), undefined);
      changeVolume(tx, known, { facts: (facts) => ({ ...facts, test_file: place.volumePath }) });
      return known;
    });
    let speed: Speed | undefined;
    try {
      speed = await measureSpeed(path, marker, bytes, { files, clock, random, signal, progress });
    } finally {
      this.#running.delete(path);
      await this.sweep(library, speed && { row, speed });
    }
    return speed;
  }

  /** Whether a test may be made, before a job is queued for it. Throws as `run` does. */
  async check(id: string, bytes: number): Promise<MountedVolume> {
    const { service } = this.#parts;
    const volume = service.table.volumes.find((one) => service.idOf(one) === id);
    if (!volume) throw new SdError('OFFLINE', 'the volume is not mounted now', { way_out: 'mount it, and try again' });
    const shown = showNative(volume.mounts[0].path);
    if (volume.fingerprint === undefined)
      throw new SdError(
        'CONFLICT',
        `nothing tells the volume at ${shown} from another, so that there is nowhere to keep what is measured`,
        {
          way_out: `sd volume track ${JSON.stringify(shown)}`,
        },
      );
    if (volume.mounts.every(({ readOnly }) => readOnly))
      throw new SdError('NOT_WRITABLE', `the volume at ${shown} is mounted read-only`, {});
    const space = await service.spaceOf(volume);
    if (!space) throw new SdError('IO', `the volume at ${shown} does not answer`);
    if (bytes > space.free / 2)
      throw new SdError(
        'DISK_FULL',
        `the test would take ${bytes} of the ${space.free} bytes that are free at ${shown}; half of them is the limit`,
        {
          way_out: 'make room, or measure with a smaller --size',
        },
      );
    return volume;
  }

  /** Removes the files that tests cut off have left on volumes that are mounted: those that carry our marker. */
  async sweep(library: Library, measured?: { row: number; speed: Speed }): Promise<void> {
    const { service, files, log } = this.#parts;
    for (const known of service.volumesOf(library)) {
      const { test_file: left } = known.facts;
      if (left === undefined) continue;
      const speed = known.id === measured?.row ? { speed: measured.speed } : {};
      const volume = service.table.withFingerprint(known.fingerprint);
      const paths = volume ? service.table.pathsOf(volume, left) : [];
      const [path] = paths;
      if (path === undefined || paths.some((one) => this.#running.has(one))) continue;
      try {
        await service.questions.ask(path, () => files.removeMarked(path, markerOf(basenameOf(left))));
        await library.write((tx) =>
          changeVolume(tx, known.id, { facts: ({ test_file: _gone, ...facts }) => ({ ...facts, ...speed }) }),
        );
      } catch (error) {
        // It stays noted, and is tried again at the next look.
        log.warn('the file of a speed test could not be removed', { path: showNative(path), error: String(error) });
      }
    }
  }

  /** Our own folder where that is on the volume; else the volume's root. */
  #folderOn(volume: MountedVolume, library: Library): string {
    const { table } = this.#parts.service;
    const ours = table.mountOf(library.folder);
    if (ours && !ours.readOnly && volume.mounts.includes(ours)) return library.folder;
    return (volume.mounts.find(({ readOnly }) => !readOnly) ?? volume.mounts[0]).path;
  }
}

function offline(path: string): SdError {
  return new SdError('OFFLINE', `${showNative(path)} is not mounted any more`, {});
}
