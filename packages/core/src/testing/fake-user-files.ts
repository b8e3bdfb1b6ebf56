import { lstatSync } from 'node:fs';
import { isWithin } from '../domain/native-path.ts';
import { type ErrorCode, SdError } from '../errors.ts';
import type { Platform, ThreadPlatform } from '../platform.ts';
import type { CopiedFile, NameLimits, UserFiles } from '../ports/user-files.ts';
import { type FakeVolume, factsOnVolume, fakeVolumeFiles, pathOnDisk } from './fake-volume.ts';

export type { FakeVolume } from './fake-volume.ts';

type Call = keyof UserFiles;
/** A fault that is waiting for its call. */
interface Fault {
  readonly code: ErrorCode;
  readonly call: Call | undefined;
  left: number;
  readonly after: boolean;
}

/** Where each call has its paths: all of them are seen on the fake volumes. */
const PATHS: Readonly<Record<Call, number>> = {
  attributes: 1,
  copy: 2,
  makeFolder: 1,
  makeFile: 1,
  replaceFile: 1,
  copyFolderAttributes: 2,
  rename: 2,
  link: 2,
  clone: 2,
  setTimes: 1,
  remove: 1,
  trash: 1,
  findTrashed: 1,
  forgetTrashing: 1,
  completeNote: 0,
  restore: 0,
  purge: 0,
  readAttribute: 1,
  writeAttribute: 1,
  limits: 1,
  syncVolume: 1,
};
const CHANGES = new Set<Call>(
  (Object.keys(PATHS) as Call[]).filter(
    (call) => !['attributes', 'findTrashed', 'readAttribute', 'limits', 'syncVolume'].includes(call),
  ),
);

/**
 * A real `UserFiles` on which things go wrong when a test says so, and whose folders can be other file systems than
 * they are: read only, full, without case, links or attributes.
 */
export class FakeUserFiles {
  /** How often each was called. */
  readonly calls: Record<Call, number>;
  readonly port: UserFiles;
  readonly #real: UserFiles;
  readonly #volumes: readonly FakeVolume[];
  #faults: Fault[] = [];

  constructor(real: UserFiles, volumes: readonly FakeVolume[] = []) {
    this.#real = real;
    this.#volumes = volumes;
    const names = Object.keys(PATHS) as Call[];
    this.calls = Object.fromEntries(names.map((name) => [name, 0])) as Record<Call, number>;
    this.port = Object.fromEntries(
      names.map((name) => [name, (...given: unknown[]) => this.#run(name, given)]),
    ) as unknown as UserFiles;
  }

  /** For `inlineWorkers` and the like: the same folders are other volumes for who only looks. */
  readonly ports = ({ files }: Pick<Platform, 'files'>): Partial<ThreadPlatform> => ({
    files: fakeVolumeFiles(files, this.#volumes),
    userFiles: async () => this.port,
  });

  /**
   * The n-th call from now on (of one kind, or of those that change anything) throws instead of being made; with
   * `after` it is made and then throws, as where a process ends before it can write down what it did.
   */
  failAt(count: number, code: ErrorCode, { call, after = false }: { call?: Call; after?: boolean } = {}): void {
    this.#faults.push({ code, call, left: count, after });
  }

  /** Faults that have not come are not to come. */
  heal(): void {
    this.#faults = [];
  }

  #run(call: Call, given: unknown[]): unknown {
    this.calls[call]++;
    const fault = this.#due(call);
    const fail = (): never => {
      throw new SdError(fault?.code ?? 'IO', `${call} was made to fail`);
    };
    if (fault && !fault.after) fail();
    const answer = this.#onVolumes(call, given);
    if (fault) fail();
    return answer;
  }

  #due(call: Call): Fault | undefined {
    const waiting = this.#faults.filter((fault) =>
      fault.call === undefined ? CHANGES.has(call) : fault.call === call,
    );
    for (const fault of waiting) fault.left--;
    const due = waiting.find(({ left }) => left === 0);
    this.#faults = this.#faults.filter(({ left }) => left > 0);
    return due;
  }

  #onVolumes(call: Call, given: unknown[]): unknown {
    const paths = given.slice(0, PATHS[call]) as string[];
    const on = paths.map((path) => this.#volumeOf(path));
    const last = on.at(-1);
    if (CHANGES.has(call) && (last?.readOnly || (call === 'rename' && on[0]?.readOnly)))
      throw new SdError('NOT_WRITABLE', 'the file system is read only');
    if (['rename', 'link', 'clone'].includes(call) && on[0] !== on[1])
      throw new SdError('CROSSES_VOLUME', 'the file systems are two');
    if (call === 'link' && last?.lacks?.includes('hard_links')) throw lacking('hard links');
    if (call === 'clone' && last?.clones !== true && last) throw lacking('clones');
    if (call === 'writeAttribute' && last?.lacks?.includes('attributes')) throw lacking('attributes');
    const real = paths.map((path) => this.#onDisk(path));
    // A name that changes in case only is the same name to the volume, and not taken by another file.
    if (call === 'rename' && real[0] === real[1]) real[1] = paths[1] as string;
    // It has its path behind what it takes out of the trash.
    if (call === 'restore') given[1] = this.#onDisk(given[1] as string);
    const answer = this.#use(call, real, given, last);
    if (call === 'copy' || call === 'clone') return this.#seen(answer as CopiedFile | undefined, on);
    return call === 'limits' && last ? limitsOf(answer as NameLimits, last) : answer;
  }

  /** A copy's facts are those that its volume gives, as whoever looks at it later sees them. */
  #seen(copied: CopiedFile | undefined, on: readonly (FakeVolume | undefined)[]): CopiedFile | undefined {
    if (!copied) return undefined;
    const [source = -1, facts = -1] = on.map((volume) => (volume ? this.#volumes.indexOf(volume) : -1));
    return {
      ...copied,
      source: factsOnVolume(this.#volumes, source, copied.source),
      facts: factsOnVolume(this.#volumes, facts, copied.facts),
    };
  }

  #use(call: Call, paths: string[], given: unknown[], volume: FakeVolume | undefined): unknown {
    const make = (): unknown =>
      (this.#real[call] as (...all: unknown[]) => unknown)(...paths, ...given.slice(paths.length));
    // The number it was given is of no use by now: that of the moment is.
    if (call === 'remove' && volume?.changesInodes) given[1] = lstatSync(paths[0] as string).ino;
    // No file system here need have any: a copy stands for a clone.
    if (call === 'clone' && volume?.clones) {
      const cloned = this.#real.copy(paths[0] as string, paths[1] as string, () => true);
      return cloned && { ...cloned, how: 'clone' };
    }
    if (call !== 'copy' || volume?.room === undefined) return make();
    const copied = make() as ReturnType<UserFiles['copy']>;
    if (!copied) return undefined;
    if (copied.facts.size > volume.room) {
      this.#real.remove(paths[1] as string, copied.facts.inode);
      throw new SdError('DISK_FULL', 'the disk is full');
    }
    volume.room -= copied.facts.size;
    return copied;
  }

  #onDisk(path: string): string {
    const volume = this.#volumeOf(path);
    return volume ? pathOnDisk(volume, path) : path;
  }

  #volumeOf(path: string): FakeVolume | undefined {
    return this.#volumes.find((volume) => isWithin(path, volume.path));
  }
}

function lacking(what: string): SdError {
  return new SdError('UNAVAILABLE', `the file system has no ${what}`);
}

function limitsOf(real: NameLimits, volume: FakeVolume): NameLimits {
  return {
    ...real,
    ...(volume.nameLength === undefined ? {} : { nameLength: volume.nameLength }),
    ...(volume.forbidden === undefined ? {} : { forbidden: volume.forbidden }),
    ...(volume.fileSize === undefined ? {} : { fileSize: volume.fileSize }),
    ...(volume.changesInodes ? { changesInodes: true } : {}),
    caseSensitive: !volume.caseInsensitive,
    readOnly: volume.readOnly ?? false,
    lacks: volume.lacks ?? [],
  };
}
