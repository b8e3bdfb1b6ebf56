import type { Device } from './domain/device.ts';
import type { Finding } from './doctor/finding.ts';
import type { FileActions, FilePlans } from './file-actions/file-actions.ts';
import type { JobDirectory, JobManager } from './jobs/job-manager.ts';
import type { Library, LibraryRead } from './libraries/library.ts';
import type { LibraryDirectory, LibraryManager } from './libraries/library-manager.ts';
import type { LocationPlace, Presence } from './locations/presence.ts';
import type { Permission, ReaderTask, Scope } from './operation.ts';
import type { Clock } from './ports/clock.ts';
import type { Files, ReadFiles } from './ports/files.ts';
import type { Log } from './ports/log.ts';
import type { Random } from './ports/random.ts';
import type { UserFiles } from './ports/user-files.ts';
import type { SettingsService } from './settings/settings-service.ts';
import type { GrantScope } from './serving/grants.ts';
import type { CoreStatus } from './status.ts';
import type { WatchService } from './watching/watch-service.ts';
import type { VolumeDirectory, VolumeManager } from './volumes/volumes.ts';

/** Who asks. */
export interface Session {
  readonly id: string;
  /** The client's name from its handshake, e.g. `sd 0.1.0`. */
  readonly client: string;
  /** Name of the extension that asks, where one does. */
  readonly extension?: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** What a function gets in any thread. Nothing in it can change anything. */
export interface ThreadContext {
  readonly device: Device;
  readonly files: ReadFiles;
  /** Reads extended attributes; only in reader threads, and only where the platform has some. */
  readonly attributes?: () => Promise<Pick<UserFiles, 'readAttribute'>>;
  /** Whether a location is there; in the main thread without waiting for a disk, see `locations/location-presence.ts`. */
  presenceOf(location: LocationPlace): Presence;
  readonly clock: Clock;
  readonly log: Log;
  /** Throws `CANCELLED` once the client has cancelled; long loops call it every few milliseconds of work. */
  checkCancelled(): void;
}

type WithLibrary<S extends Scope, L> = S extends 'library'
  ? { readonly library: L }
  : S extends 'any'
    ? { readonly library?: L }
    : unknown;

/** A query's context in a reader thread. */
export type ReaderContext<S extends Scope = Scope> = ThreadContext & WithLibrary<S, LibraryRead>;

/** A query's, preview's or verification's context in the main thread. */
export type ReadContext<S extends Scope = Scope> = ReaderContext<S> & {
  readonly session: Session;
  readonly libraries: LibraryDirectory;
  readonly jobs: JobDirectory;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly volumes: VolumeDirectory;
  readonly watching: Pick<WatchService, 'of'>;
  readonly fileActions: FilePlans;
  /** Aborts once the client has cancelled. */
  readonly signal: AbortSignal;
  status(): CoreStatus;
  /** Looks at everything that tends to go wrong. Takes seconds. */
  diagnose(): Promise<Finding[]>;
  /** Has a task done in a reader thread, on the library of the call. */
  inReader<I, O>(task: ReaderTask<I, O>, input: I): Promise<O>;
  /** See `library.media_url`. */
  signUrl(scope: GrantScope): { readonly expires: number; readonly signature: string };
};

/** An action's context while it commits. */
export type ActionContext<S extends Scope = Scope> = Omit<ThreadContext, 'files'> & {
  /** UUID of the action's receipt. */
  readonly receipt: string;
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly random: Random;
  readonly files: Files;
  readonly libraries: LibraryManager;
  readonly jobs: JobManager;
  readonly settings: Pick<SettingsService, 'get' | 'update'>;
  readonly volumes: VolumeManager;
  readonly fileActions: FileActions;
  /** As in `ReadContext`. */
  inReader<I, O>(task: ReaderTask<I, O>, input: I): Promise<O>;
  /** Begins the orderly stop of the core, after the answer is on its way. */
  requestStop(): void;
} & WithLibrary<S, Library>;
