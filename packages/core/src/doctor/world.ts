import type { LocationView, LocationWatch } from '../domain/location.ts';
import type { JobInfo } from '../jobs/job-manager.ts';
import type { LibrarySummary } from '../libraries/library-manager.ts';
import type { LibrarySurvey } from '../libraries/survey.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Watching } from '../ports/watching.ts';
import type { CoreStatus } from '../status.ts';
import type { Finding } from './finding.ts';

/** What the checks look at, each asked when it is needed. */
export interface DoctorWorld {
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'after'>;
  readonly files: Pick<Files, 'facts' | 'isPrivate' | 'listFolder'>;
  /** Native path. */
  readonly dataFolder: string;
  libraries(): readonly LibrarySummary[];
  /** Milliseconds since the epoch; `undefined` where none is known. */
  lastBackup(library: string): Promise<number | undefined>;
  /** In a thread: its databases, sidecars and clock. */
  survey(library: string): Promise<LibrarySurvey>;
  /** Where the sidecars of a content (UUID) lie in the folder of a library. */
  sidecarFolder(libraryFolder: string, content: string): string;
  /** Of the libraries that are open. */
  locations(): readonly {
    readonly library: string;
    readonly view: LocationView;
    readonly watch?: LocationWatch | undefined;
  }[];
  /** Room on the file system that holds a path, in bytes. */
  space(path: string): Promise<{ free: number; total: number }>;
  watchLimits(): ReturnType<Watching['limits']>;
  jobs(): readonly JobInfo[];
  status(): CoreStatus;
  /** What the host of the core looks at: its sockets, its files, the programs it can run. */
  host(): Promise<readonly Finding[]>;
}

/** One thing to look at; one file each in `checks/`. */
export interface Check {
  readonly name: string;
  run(world: DoctorWorld): Promise<readonly Finding[]> | readonly Finding[];
}
