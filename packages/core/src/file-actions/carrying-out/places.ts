import { parentOf } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { CarryPlace } from './protocol.ts';

/** How many folders are kept an eye on: a plan has one target, and sources from here and there. */
const MOST_PLACES = 64;

/**
 * The folders a plan works in. Once a disk is gone, everything looks as if it had been removed, and what is written to
 * its mount point would fill another disk: so nothing is done there, and nothing is taken for missing, while the file
 * system is not the one it was.
 */
export class Places {
  readonly #files: ReadFiles;
  readonly #places = new Map<string, number | undefined>();

  constructor(files: ReadFiles, places: readonly CarryPlace[]) {
    this.#files = files;
    for (const { path, device } of places) this.#places.set(path, device ?? nearestDevice(files, path));
  }

  /** Those that `paths` lie in, as they are now. */
  static of(files: ReadFiles, paths: readonly string[]): CarryPlace[] {
    const folders = new Set(paths.map((path) => parentOf(path) ?? path));
    return [...folders].slice(0, MOST_PLACES).flatMap((path) => {
      const device = files.facts(path)?.device;
      return device === undefined ? [] : [{ path, device }];
    });
  }

  /** Throws `OFFLINE`. A folder that is gone while its disk is there is not offline. */
  check(): void {
    for (const [path, device] of this.#places)
      if (nearestDevice(this.#files, path) !== device)
        throw new SdError('OFFLINE', `the disk of ${path} is not there now`, { way_out: 'connect it, and it goes on' });
  }
}

/** Of the folder, or of the nearest above it that is there. A disk that was pulled out answers with an error: none. */
function nearestDevice(files: ReadFiles, path: string): number | undefined {
  try {
    for (let folder: string | undefined = path; folder !== undefined; folder = parentOf(folder)) {
      const facts = files.facts(folder);
      if (facts) return facts.device;
    }
  } catch {
    return undefined;
  }
  return undefined;
}
