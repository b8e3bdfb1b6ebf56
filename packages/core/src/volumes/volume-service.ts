import { type KnownVolume, listVolumes } from '../db/library/volumes.ts';
import { contentUuid, uuidFromText, uuidToText } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { CoreEvent } from '../events.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileFacts } from '../ports/files.ts';
import type { Hashing } from '../ports/hashing.ts';
import type { Log } from '../ports/log.ts';
import type { Mount, Mounts } from '../ports/mounts.ts';
import { DiskQuestions } from './disk-questions.ts';
import { needsId } from './facts.ts';
import { IdFiles } from './id-files.ts';
import { type PlacingParts, placeLibrary } from './library-volumes.ts';
import { MountTable } from './mount-table.ts';
import { mountNews } from './mount-news.ts';
import { type MountedVolume, volumesOf } from './mounted-volume.ts';

export interface VolumeServiceParts {
  readonly mounts: Mounts;
  readonly hashing: Hashing;
  readonly clock: Clock;
  readonly log: Log;
  /** UUID text. */
  readonly device: string;
  /** What is mounted was looked at, and the library is up to date with it. */
  placed(library: Library): Promise<void>;
  publish(...events: CoreEvent[]): void;
}

/** How long the start waits for the first look. */
const START_MS = 500;
/** On Linux a look takes a millisecond or two; where other programs are asked, seconds. */
const CHEAP_MS = 50;
/** Between two looks that take long there is this many times as long. */
const REST = 20;

const NOTHING_MOUNTED = new MountTable([], []);

/** Knows what is mounted, and keeps in every open library where its volumes and locations are. */
export class VolumeService {
  readonly questions: DiskQuestions;
  readonly idFiles: IdFiles;
  readonly #parts: VolumeServiceParts;
  readonly #device: Uint8Array;
  readonly #libraries = new Map<string, Library>();
  /** Superblock by fingerprint at the last look: what tells a volume from its clone. */
  #holders: ReadonlyMap<string, number> = new Map();
  #table = NOTHING_MOUNTED;
  /** Fingerprints of volumes that are about to be unmounted. */
  readonly #aside = new Set<string>();
  #looked = false;
  #failure: string | undefined;
  /** When the last look ended, and how long it took, in milliseconds. */
  #lookedAt = 0;
  #cost = 0;
  #looking: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(parts: VolumeServiceParts) {
    this.#parts = parts;
    this.#device = uuidFromText(parts.device) ?? new Uint8Array(16);
    this.questions = new DiskQuestions(parts.clock);
    this.idFiles = new IdFiles(parts.mounts.files, this.questions);
  }

  /** What was mounted at the last look. */
  get table(): MountTable {
    return this.#table;
  }
  get libraries(): readonly Library[] {
    return [...this.#libraries.values()];
  }
  /** Why mounts are not known now; `undefined`: they are. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Where the mounts cannot be told, the core goes on without them: locations are judged by their folders alone. */
  async start(): Promise<void> {
    // Where it takes long to ask, the rest begins meanwhile: whoever writes to an index looks first.
    const { clock } = this.#parts;
    await Promise.race([this.lookSafely(), new Promise<void>((resolve) => void clock.after(START_MS, resolve))]);
    this.#stopWatching = this.#parts.mounts.onChange(() => void this.lookSafely());
  }

  async stop(): Promise<void> {
    this.#stopWatching?.();
    await (this.#next ?? this.#looking).catch(() => {});
  }

  /** The library is open: its locations are where their volumes are from now on. */
  async attach(library: Library): Promise<void> {
    this.#libraries.set(library.id, library);
    // What a library knows decides what a volume is taken for, where that is not plain.
    const known = this.volumesOf(library).some(({ fingerprint }) => fingerprint.startsWith('id:'));
    if (known || this.#table.volumes.some(({ cloneOf }) => cloneOf !== undefined)) await this.lookSafely();
    else await this.#placeSafely(library);
  }

  async detach(id: string): Promise<void> {
    this.#libraries.delete(id);
    // A look in progress may be about to write to it.
    await (this.#next ?? this.#looking).catch(() => {});
  }

  /** Looks at the mounts now. Who asks while another look waits for its turn shares it. */
  look(): Promise<void> {
    return (this.#next ??= this.#looking
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return (this.#looking = this.#look());
      }));
  }

  volumesOf(library: Pick<Library, 'db'>): KnownVolume[] {
    return listVolumes(library.db, this.#device);
  }

  /** UUID text: the same for a fingerprint at all times; of a volume that has none, while it is mounted there. */
  idOf(volume: MountedVolume): string {
    return uuidToText(this.uuidOf(volume));
  }
  uuidOf({ fingerprint, cloneOf, mounts: [mount] }: MountedVolume): Uint8Array {
    const known = fingerprint ?? `${cloneOf ?? 'unknown'} ${mount.superblock} ${mount.source} ${mount.root}`;
    return contentUuid(this.#parts.hashing.blake3(new TextEncoder().encode(`${this.#parts.device} ${known}`)));
  }

  /** Its locations are offline from now on, until the answered function is called. */
  async setAside({ fingerprint }: MountedVolume): Promise<() => Promise<void>> {
    if (fingerprint !== undefined) this.#aside.add(fingerprint);
    await this.look();
    return () => {
      if (fingerprint !== undefined) this.#aside.delete(fingerprint);
      return this.look();
    };
  }

  placing(): PlacingParts {
    return {
      table: this.#aside.size > 0 ? this.#table.without(this.#aside) : this.#table,
      device: this.#device,
      now: this.#parts.clock.now(),
      uuidOf: (volume) => this.uuidOf(volume),
      facts: (path) => this.facts(path),
      capacity: async (volume) => (await this.spaceOf(volume))?.total,
    };
  }

  /** What is at a path. Throws `IO` where its disk does not answer in time. */
  facts(path: string): Promise<FileFacts | undefined> {
    return this.questions.ask(this.#table.mountOf(path)?.path ?? path, () => this.#parts.mounts.files.facts(path));
  }

  /** Whether what answers for a path is a server or a program, which may be gone. */
  mayHang(path: string): boolean {
    const mount = this.#table.mountOf(path);
    if (!mount || mount.virtual) return false;
    return mount.network || mount.fileSystem === 'fuse' || mount.fileSystem.startsWith('fuse.');
  }

  /** Room on a volume, in bytes; `undefined` where it does not answer. */
  async spaceOf({ mounts: [{ path }] }: MountedVolume): Promise<{ free: number; total: number } | undefined> {
    return this.questions.ask(path, () => this.#parts.mounts.files.space(path)).catch(() => undefined);
  }

  /** Where the system does not say, what was seen last still holds. */
  async lookSafely(): Promise<void> {
    await this.look().catch((error: unknown) =>
      this.#parts.log.warn('what is mounted is not known', { error: String(error) }),
    );
  }

  /** The same for those who ask often: where it takes long, what was seen a little while ago will do. */
  async lookAgain(): Promise<void> {
    const since = this.#parts.clock.monotonic() - this.#lookedAt;
    if (this.#cost > CHEAP_MS && since < this.#cost * REST) return;
    await this.lookSafely();
  }

  async #look(): Promise<void> {
    const began = this.#parts.clock.monotonic();
    const mounts = await this.#list();
    const paths = this.#knownPaths();
    const anyById = [...paths.keys()].some((fingerprint) => fingerprint.startsWith('id:'));
    await this.idFiles.read(mounts.filter((mount) => needsId(mount) || (anyById && !mount.virtual)));
    const volumes = volumesOf(mounts, (mount) => this.idFiles.idOf(mount), { holders: this.#holders, paths });
    const before = this.#table;
    this.#table = new MountTable(mounts, volumes);
    // Which of two clones is the volume is not settled before a library was asked where it saw it.
    if (this.#libraries.size > 0) this.#holders = holdersOf(volumes);
    // What is mounted at the start is no news.
    if (this.#looked) this.#parts.publish(...mountNews(before.volumes, volumes, (volume) => this.idOf(volume)));
    this.#looked = true;
    for (const library of this.libraries) await this.#placeSafely(library);
    this.#lookedAt = this.#parts.clock.monotonic();
    this.#cost = this.#lookedAt - began;
  }

  #knownPaths(): ReadonlyMap<string, readonly string[]> {
    const paths = new Map<string, string[]>();
    for (const library of this.libraries)
      for (const { fingerprint, mountPath } of this.volumesOf(library))
        paths.set(fingerprint, [...(paths.get(fingerprint) ?? []), ...(mountPath === undefined ? [] : [mountPath])]);
    return paths;
  }

  /** No mounts at all is no answer: something holds the core's own files. */
  async #list(): Promise<readonly Mount[]> {
    try {
      const mounts = await this.#parts.mounts.list();
      if (mounts.length === 0) throw new SdError('UNAVAILABLE', 'this system does not say what is mounted');
      this.#failure = undefined;
      return mounts;
    } catch (error) {
      this.#failure = String(error instanceof Error ? error.message : error);
      throw error;
    }
  }

  async #placeSafely(library: Library): Promise<void> {
    if (this.#table === NOTHING_MOUNTED) return;
    try {
      await placeLibrary(library, this.placing());
      await this.#parts.placed(library);
    } catch (error) {
      if (!this.#libraries.has(library.id)) return;
      this.#parts.log.error('where locations are could not be kept', { library: library.name, error: String(error) });
    }
  }
}

function holdersOf(volumes: readonly MountedVolume[]): ReadonlyMap<string, number> {
  return new Map(
    volumes.flatMap(({ fingerprint, mounts: [{ superblock }] }) =>
      fingerprint === undefined ? [] : [[fingerprint, superblock] as const],
    ),
  );
}
