import { FOLDER, nameOfStored } from '../domain/entry.ts';
import { isUnmounted } from '../domain/location.ts';
import { asSdError } from '../errors.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import { type LocationPlace, type Presence, presenceOf } from './presence.ts';

/** Disks that may never answer, and what they say in time. */
export interface SlowDisks {
  /** Whether asking what is at a path may take as long as a server, or a program, likes. */
  mayHang(path: string): boolean;
  /** `undefined`: nothing is there. Throws `IO` where the disk does not answer in time. */
  facts(path: string): Promise<FileFacts | undefined>;
}

/** Whether locations are there, for the thread that answers everyone: it waits for no share whose server is gone. */
export class LocationPresence {
  readonly #files: Pick<ReadFiles, 'facts'>;
  readonly #disks: SlowDisks;
  /** Of locations on slow disks, by path: what was found last, and what is being asked for the next time. */
  readonly #last = new Map<string, Presence>();
  readonly #asking = new Set<string>();

  constructor(files: Pick<ReadFiles, 'facts'>, disks: SlowDisks) {
    this.#files = files;
    this.#disks = disks;
  }

  /** At once: on a slow disk as it was found last, while it is asked anew for the next time. */
  known(location: LocationPlace): Presence {
    const path = nameOfStored(location.path);
    if (!this.#isSlow(location, path)) return presenceOf(location, this.#files);
    if (!this.#asking.has(path)) {
      this.#asking.add(path);
      void this.#found(location, path).finally(() => this.#asking.delete(path));
    }
    return this.#last.get(path) ?? 'online';
  }

  /** As it is now; a disk that does not answer in time is not there. */
  async ask(location: LocationPlace): Promise<Presence> {
    const path = nameOfStored(location.path);
    return this.#isSlow(location, path) ? this.#found(location, path) : presenceOf(location, this.#files);
  }

  #isSlow(location: LocationPlace, path: string): boolean {
    return location.volume_away !== 1 && this.#disks.mayHang(path);
  }

  async #found(location: LocationPlace, path: string): Promise<Presence> {
    const found = await this.#look(location, path);
    this.#last.set(path, found);
    return found;
  }

  async #look(location: LocationPlace, path: string): Promise<Presence> {
    try {
      const facts = await this.#disks.facts(path);
      return facts?.type === FOLDER && !isUnmounted(location, facts) ? 'online' : 'offline';
    } catch (error) {
      return asSdError(error).code === 'IO' ? 'offline' : 'unreadable';
    }
  }
}
